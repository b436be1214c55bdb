using System.Globalization;

namespace AutoDetectSim.Evidence.Forms;

/// <summary>One finding of testssl.sh, whatever file it stands in.</summary>
/// <param name="Target">HOST/ADDRESS.</param>
/// <param name="Port">The port.</param>
/// <param name="Id">What it is about, without the number of the certificate.</param>
/// <param name="Certificate">The number of the certificate that it is about, from 1; 0 where it is about the server.</param>
/// <param name="Value">What was found.</param>
/// <param name="Line">The line of the file.</param>
internal sealed record TestsslFinding(string? Target, string? Port, string Id, int Certificate, string Value, int Line)
{
    public static TestsslFinding Of(string? target, string? port, string id, string value, int line)
    {
        // "cert_trust <cert#1>", "intermediate_cert <#2>", "intermediate_cert <cert#1> <#2>"; up to 2.9.5 "Server Certificate #1 cert_trust".
        var space = id.IndexOf(" <cert#", StringComparison.Ordinal);
        if (space > 0 && int.TryParse(id[(space + 7)..].Split('>')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return new TestsslFinding(target, port, id[..space] + id[(id.IndexOf('>', space) + 1)..], number, value, line);
        }

        const string Old = "Server Certificate #";
        if (id.StartsWith(Old, StringComparison.Ordinal) && id.IndexOf(' ', Old.Length) is > 0 and var end && int.TryParse(id[Old.Length..end], NumberStyles.None, CultureInfo.InvariantCulture, out var old))
        {
            return new TestsslFinding(target, port, id[(end + 1)..], old, value, line);
        }

        return new TestsslFinding(target, port, id, 0, value, line);
    }
}
