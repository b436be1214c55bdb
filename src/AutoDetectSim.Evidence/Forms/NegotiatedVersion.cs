using System.Text.RegularExpressions;
using AutoDetectSim.Evidence.Envelope;

namespace AutoDetectSim.Evidence.Forms;

/// <summary>What the version that a client of every version agreed on says about the server.</summary>
internal static partial class NegotiatedVersion
{
    /// <summary>The versions of a server that agreed on an old one, and so speaks nothing newer; empty where it agreed on 1.2 or later, or nothing tells.</summary>
    public static IReadOnlyList<string> Only(IReadOnlyList<EvidenceLine> lines) =>
        lines.Select(line => Agreed().Match(line.Text)).FirstOrDefault(match => match.Success)?.Groups["version"].Value switch
        {
            "1" or "1.0" => ["1.0"],
            "1.1" => ["1.0", "1.1"],
            _ => [],
        };

    [GeneratedRegex(@"^(New, |Protocol *: |Protocol version: |\* SSL connection using |- Description: \()TLSv?(?<version>1(\.[0-3])?)([ ,)-]|$)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Agreed();
}
