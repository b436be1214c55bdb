using System.Text.RegularExpressions;
using AutoDetectSim.Documents.Files;
using AutoDetectSim.Network;
using AutoDetectSim.Tls;
using Microsoft.Extensions.Logging;

namespace AutoDetectSim;

/// <summary>Opens the TLS key log of a lab. A log that cannot be written any more ends, and the lab goes on.</summary>
internal static partial class LabKeyLog
{
    private static readonly OutputKind Kind = new("TLS key log") { IsSecret = true, HasLines = true, IsOurs = IsKeyLog };

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

    /// <summary>Whether a text has secrets, and besides them nothing but comments. A full disk may have cut the last line.</summary>
    private static bool IsKeyLog(string text)
    {
        var hasSecret = false;
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            var isSecret = Secret().IsMatch(line);
            hasSecret |= isSecret;
            if (line.Length > 0 && line[0] != '#' && !isSecret && !(i == lines.Length - 1 && CutSecret().IsMatch(line)))
            {
                return false;
            }
        }

        return hasSecret;
    }

    /// <summary>A label with two numbers.</summary>
    [GeneratedRegex(@"\A[A-Z_0-9]+ ([0-9a-fA-F]{2})+ ([0-9a-fA-F]{2})+\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Secret();

    /// <summary>The beginning of one.</summary>
    [GeneratedRegex(@"\A[A-Z_0-9]+( [0-9a-fA-F]*){0,2}\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex CutSecret();
}
