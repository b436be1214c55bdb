using System.Text.RegularExpressions;
using AutoDetectSim.Evidence.Envelope;

namespace AutoDetectSim.Evidence.Calls;

/// <summary>
/// Finds what a text says about its own time: the times that a terminal or log puts before each line, the heads of recordings, the output of
/// <c>date</c>, and the dates of mails, which are later than what they quote.
/// </summary>
internal sealed partial class TextTimes
{
    /// <summary>How far from each other the lines of a mail's head are at the most.</summary>
    private const int LinesOfHead = 8;

    /// <summary>How far from the first line of a call the first time of its output may be.</summary>
    private const int LinesToOutput = 40;

    private readonly List<Mark> _marks = [];

    public TextTimes(IReadOnlyList<EvidenceLine> lines)
    {
        for (var index = 0; index < lines.Count; index++)
        {
            var line = lines[index];
            if (line.Stamp is { } stamp && WrittenTime.Find(stamp) is { } stamped)
            {
                _marks.Add(new Mark(line.Number, stamped, MarkKind.Stamp));
            }
            else if (line.Text.Length is > 10 and < 400)
            {
                _marks.AddRange(MarkOf(lines, index) is { } mark ? [mark] : []);
            }
        }
    }

    /// <summary>A call with the time that the text around it gives, if it has none of its own.</summary>
    public EvidenceCall Apply(EvidenceCall call)
    {
        if (call.At is not null || call.Line == 0)
        {
            return call;
        }

        var before = _marks.FindLast(mark => mark.Line <= call.Line);
        var inside = _marks.Find(mark => mark.Kind == MarkKind.Stamp && mark.Line >= call.Line && mark.Line <= call.Line + LinesToOutput);
        return (inside ?? before) switch
        {
            null => call,
            { Kind: MarkKind.Mail } mark => call with { MailedAt = mark.Time },
            var mark => call with { At = mark.Time, AtBasis = Words(mark.Kind) },
        };
    }

    private static Mark? MarkOf(IReadOnlyList<EvidenceLine> lines, int index)
    {
        var (number, text) = (lines[index].Number, lines[index].Text);
        var (kind, time) = Transcript().Match(text) is { Success: true } transcript ? (MarkKind.Recording, EvidenceTime.OfDigits(transcript.Groups["time"].Value))
            : Recording().IsMatch(text) ? (MarkKind.Recording, WrittenTime.Find(text))
            : DateCommand().IsMatch(text) ? (MarkKind.Date, EvidenceTime.Parse(text) ?? WrittenTime.Find(text))
            : Attribution().IsMatch(text) || (Sent().IsMatch(text) && lines.Skip(Math.Max(0, index - LinesOfHead)).Take(2 * LinesOfHead).Any(near => From().IsMatch(near.Text))) ? (MarkKind.Mail, WrittenTime.Find(text))
            : default((MarkKind, DateTimeOffset?));
        return time is { } known ? new Mark(number, known, kind) : null;
    }

    private static string Words(MarkKind kind) => kind switch
    {
        MarkKind.Stamp => "the time before the line",
        MarkKind.Recording => "the recording's head",
        _ => "the date before it",
    };

    private sealed record Mark(int Line, DateTimeOffset Time, MarkKind Kind);

    private enum MarkKind
    {
        /// <summary>Before a line of output.</summary>
        Stamp,

        /// <summary>The head of a recorded terminal.</summary>
        Recording,

        /// <summary>Printed by <c>date</c>.</summary>
        Date,

        /// <summary>Of a mail, which is later than what it quotes.</summary>
        Mail,
    }

    [GeneratedRegex(@"^(Script started on |[=~ ]*PuTTY log [0-9]{4}\.)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Recording();

    /// <summary>What PowerShell's Start-Transcript writes first.</summary>
    [GeneratedRegex("^(Start time|Startzeit): (?<time>[0-9]{14})$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Transcript();

    /// <summary>What <c>date</c> prints in its usual form, alone in its line.</summary>
    [GeneratedRegex(@"^((Mon|Tue|Wed|Thu|Fri|Sat|Sun),? )?([A-Z][a-z]{2} {1,2}[0-9]{1,2}|[0-9]{1,2} [A-Z][a-z]{2,8}( [0-9]{4})?),? ([0-9]{1,2}:[0-9]{2}:[0-9]{2})( [AP]M)?( [A-Z]{2,5}| [+-][0-9]{2,4})?( [0-9]{4})?$|^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}([.,][0-9]+)?( ?(Z|UTC|[+-][0-9]{2}:?[0-9]{2}))?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DateCommand();

    [GeneratedRegex(@"^\*?(Date|Sent|Gesendet|Datum|Envoye|Envoyé|Enviado( el)?|Fecha|Inviato|Data|Verzonden|送信日時|日時)\*? ?[:：]", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Sent();

    [GeneratedRegex(@"^\*?(From|Von|De|Da|Van|差出人)\*? ?[:：]", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex From();

    /// <summary>The line before a quotation: "On 1 December 2026 at 12:40, A. Person wrote:".</summary>
    [GeneratedRegex(@"^(On|Am|Le|El|Il|Em|Op) .{8,300} (wrote|schrieb.{0,80}|a écrit|escribió|ha scritto|escreveu|schreef.{0,80}) ?:$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Attribution();
}
