using System.Text.RegularExpressions;
using AutoDetectSim.Evidence.Calls;
using AutoDetectSim.Evidence.Envelope;

namespace AutoDetectSim.Evidence.Forms;

/// <summary>
/// Output of <c>openssl s_client</c> of OpenSSL 1.0 to 3.x and LibreSSL, standard output and error together in either order or apart, of one call or
/// of many in a row, with the command lines or without.
/// </summary>
internal sealed partial class SClientForm : IEvidenceForm
{
    private const int LongestCommand = 6;

    public bool Starts(EvidenceLine line) => Start().IsMatch(line.Text) || MayCall(line.Text);

    /// <summary>What was typed into a session, and what came, belongs to it until it ends.</summary>
    public bool Keeps(IReadOnlyList<EvidenceLine> region, EvidenceLine line)
    {
        if (PemReader.Begins(line.Text) && region.Any(known => known.Text.Contains("-prexit", StringComparison.Ordinal) && MayCall(known.Text)))
        {
            return true;
        }

        var isOver = false;
        for (var index = region.Count - 1; index >= 0 && !Connected().IsMatch(region[index].Text); index--)
        {
            var text = region[index].Text;
            isOver |= text is "DONE" or "closed" || (PemReader.Begins(line.Text) && text.StartsWith("Verify return code", StringComparison.Ordinal));
        }

        return !isOver && (PemReader.Begins(line.Text) || HttpHead.IsStatusLine(line.Text));
    }

    public IEnumerable<EvidenceCall> Read(IReadOnlyList<EvidenceLine> region)
    {
        var segment = new List<EvidenceLine>();
        SClientLoop? loop = null;
        var isQuiet = !region.Any(line => IsOfOutput(line.Text));
        var start = new State { IsQuiet = isQuiet, IsBrief = !region.Any(line => line.Text.StartsWith("CONNECTED(", StringComparison.Ordinal)) };
        var state = start;
        var calls = new List<EvidenceCall>();
        for (var index = 0; index < region.Count; index++)
        {
            var line = region[index];
            if (MayCall(line.Text) && ReadCommand(region, index) is ({ } next, var last))
            {
                Finish();
                foreach (var call in loop?.Deal(calls) ?? calls)
                {
                    yield return call;
                }

                (loop, index, calls) = (next, last, []);
                continue;
            }

            if (state.IsOver(line.Text))
            {
                Finish();
            }

            segment.Add(line);
            state = state.After(line.Text);
        }

        Finish();
        foreach (var call in loop?.Deal(calls) ?? calls)
        {
            yield return call;
        }

        void Finish()
        {
            // -prexit prints the session a second time.
            var isRepeated = loop?.Command.PrintsTwice == true && calls.Count > 0 && !segment.Exists(line => Connected().IsMatch(line.Text));
            if (!isRepeated && SClientCall.Parse(segment, loop?.Command, isQuiet) is { } call)
            {
                calls.Add(call);
            }

            (segment, state) = ([], start);
        }
    }

    private static (SClientLoop? Loop, int Index) ReadCommand(IReadOnlyList<EvidenceLine> region, int index)
    {
        // Mail programs break command lines, and people do with a backslash.
        var text = region[index].Text;
        var last = index;
        while (last + 1 < region.Count && last - index < LongestCommand)
        {
            var next = region[last + 1].Text;
            var isCut = CutWord.Goes(text, next);
            if (!isCut && text[^1] is not ('\\' or '`' or '^') && !Unfinished().IsMatch(text) && !Continuation().IsMatch(next))
            {
                break;
            }

            text = isCut ? text + next : text.TrimEnd('\\', '`', '^') + " " + next;
            last++;
        }

        return (SClientLoop.Parse(text, region[index].Number, region), last);
    }

    private static bool MayCall(string text) => text.Contains("s_client", StringComparison.OrdinalIgnoreCase) && Call().IsMatch(text);

    /// <summary>Whether a line is one that -quiet, and standard error alone, leave out.</summary>
    private static bool IsOfOutput(string text) => text == "Certificate chain" || Connected().IsMatch(text) || text.StartsWith("Peer certificate:", StringComparison.Ordinal);

    /// <summary>How far the output of one call has come.</summary>
    private readonly record struct State(bool IsConnected, bool HasEnded, bool HasChain, bool HasFailedEarly, bool IsPathDone, bool IsQuiet, bool IsBrief)
    {
        /// <summary>Whether a line belongs to the next call.</summary>
        public bool IsOver(string text) =>
            (IsConnected && Connected().IsMatch(text))
            || (HasEnded && (PathLine().IsMatch(text) || Connected().IsMatch(text) || Connecting().IsMatch(text) || text.StartsWith("write:errno=", StringComparison.Ordinal)))
            || (HasFailedEarly && (WriteError().IsMatch(text) || text.StartsWith("CONNECTION ", StringComparison.Ordinal)))
            || (IsQuiet && IsPathDone && PathLine().IsMatch(text))
            || (HasChain && text == "Certificate chain");

        public State After(string text) => this with
        {
            IsConnected = IsConnected || Connected().IsMatch(text),
            HasEnded = HasEnded || text == "DONE" || Ended().IsMatch(text),
            HasChain = HasChain || text == "Certificate chain",

            // -brief has no line for a connection whose handshake failed.
            HasFailedEarly = HasFailedEarly || (IsBrief && !IsConnected && WriteError().IsMatch(text)),

            // The path ends with the server's own certificate, named without an error.
            IsPathDone = text.StartsWith("verify return:", StringComparison.Ordinal) ? IsPathDone : text.StartsWith("depth=0 ", StringComparison.Ordinal),
        };
    }

    [GeneratedRegex(@"^(CONNECTED\(|CONNECTION (ESTABLISHED|FAILURE)|Connecting to [0-9A-Fa-f:.]+$|depth=[0-9]+ |Certificate chain$|connect:errno=|write:errno=|no peer certificate available$|Verify return code: |[0-9A-F]{4,20}:error:)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Start();

    [GeneratedRegex("(^|[^A-Za-z0-9_-])s_client(\\.exe)?( +(-|[A-Za-z0-9.-]+:[0-9])| *[\\\\`^]?$)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Call();

    [GeneratedRegex(@"^(CONNECTED\(|CONNECTION (ESTABLISHED|FAILURE)|connect:errno=)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Connected();

    [GeneratedRegex("^Connecting to [0-9A-Fa-f:.]+$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Connecting();

    [GeneratedRegex("^depth=[0-9]+ ", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex PathLine();

    [GeneratedRegex("^(write|read):errno=", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex WriteError();

    [GeneratedRegex("^(Verify return code: |connect:errno=)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Ended();

    [GeneratedRegex("(s_client|-(connect|servername|starttls|CAfile|CApath|host|port|proxy|cert|key))$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"^(-[a-z][A-Za-z0-9_]+( |$)|</dev/null|2>&1|< ?/dev/null)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Continuation();
}
