using System.Text.RegularExpressions;
using AutoDetectSim.Documents.Files;
using AutoDetectSim.Network;
using AutoDetectSim.Tls;
using Microsoft.Extensions.Logging;

namespace AutoDetectSim;

/// <summary>Opens the TLS key log of a lab. A log that cannot be written any more ends, and the lab goes on.</summary>
internal static partial class LabKeyLog
{
    private static readonly OutputKind Kind = new("TLS key log") { IsSecret = true, IsOurs = text => Line().IsMatch(text) };

    /// <summary>Opens the log, if one is asked for.</summary>
    /// <exception cref="LabStartException">The file must not, or cannot, be written.</exception>
    public static TlsKeyLog? Open(LabOptions options)
    {
        try
        {
            return options.KeyLogFile is { } path ? new TlsKeyLog(OutputFile.Append(path, Kind), cause => SayEnded(options, path, cause)) : null;
        }
        catch (OutputFileException exception)
        {
            throw new LabStartException(exception.Message, exception);
        }
    }

    private static void SayEnded(LabOptions options, string path, Exception cause)
    {
        options.Loggers.CreateLogger<Lab>().KeyLogEnded(cause, path);
        options.KeyLogEnded?.Invoke(OutputFileException.CannotWrite(path, Kind.Noun, cause).Message + " The lab goes on without it.");
    }

    /// <summary>The first line of a key log: a comment, or a label with two numbers.</summary>
    [GeneratedRegex(@"\A\s*(#|[A-Z_0-9]+ [0-9a-fA-F]{2,} [0-9a-fA-F]+\r?(\n|\z))", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Line();
}
