using System.Globalization;
using System.Text.RegularExpressions;
using AutoDetectSim.Evidence.Calls;
using AutoDetectSim.Evidence.Envelope;
using AutoDetectSim.Protocols.Http;

namespace AutoDetectSim.Evidence.Forms;

/// <summary>What PowerShell shows of an answer of Invoke-WebRequest: the listing of the object, its Headers as table or list, or the error.</summary>
internal sealed partial class PowerShellForm : IEvidenceForm
{
    private const int Unauthorized = 401;

    public bool Starts(EvidenceLine line) => Start().IsMatch(line.Text) || Command(line.Text) is not null;

    public bool Keeps(IReadOnlyList<EvidenceLine> region, EvidenceLine line) => HttpHead.IsStatusLine(line.Text);

    public IEnumerable<EvidenceCall> Read(IReadOnlyList<EvidenceLine> region)
    {
        var segment = new List<EvidenceLine>();
        Uri? url = null;
        foreach (var line in region)
        {
            if (Command(line.Text) is { } command)
            {
                if (Parse(segment, url) is { } call)
                {
                    yield return call;
                }

                (segment, url) = ([], command);
            }
            else if ((StatusCode().IsMatch(line.Text) || Base().IsMatch(line.Text)) && segment.Exists(known => StatusCode().IsMatch(known.Text)))
            {
                if (Parse(segment, url) is { } call)
                {
                    yield return call;
                }

                segment = [];
            }

            segment.Add(line);
        }

        if (Parse(segment, url) is { } last)
        {
            yield return last;
        }
    }

    private static EvidenceCall? Parse(List<EvidenceLine> lines, Uri? url)
    {
        if (lines.Count == 0)
        {
            return null;
        }

        var call = new EvidenceCall { Form = "PowerShell", Line = lines[0].Number, Host = url?.IdnHost.ToLowerInvariant(), Port = url?.Port, SendsServerName = true };
        if (lines.Find(line => Untrusted().IsMatch(line.Text)) is { } untrusted)
        {
            return call with { Verdict = new EvidenceVerdict { Passed = false, Words = untrusted.Text.Length > 160 ? untrusted.Text[..160] + "..." : untrusted.Text, Line = untrusted.Number } };
        }

        var answers = HttpHead.Read(FromRawContent(lines), url?.PathAndQuery).ToList();
        if (answers.Count == 0 && (IsListing(lines) || lines.Exists(line => StatusCode().IsMatch(line.Text))))
        {
            var status = lines.Select(line => StatusCode().Match(line.Text)).FirstOrDefault(match => match.Success);
            var code = status is null ? Unauthorized : int.Parse(status.Groups["code"].Value, CultureInfo.InvariantCulture);
            if (HttpHead.Make(code, Headers(lines), After(lines, "Content") ?? "", "GET", url?.PathAndQuery) is { } answer)
            {
                answers.Add(answer);
            }
        }

        var failure = answers.Count > 0 ? null : HandshakeFailures.Find(lines, isDone: false);
        var at = HttpHead.DateOf(answers);
        return answers.Count == 0 && failure is null ? null : call with
        {
            Answers = answers,
            Failure = failure,
            At = at,
            AtBasis = at is null ? null : "the Date header",
            Node = answers.SelectMany(answer => answer.Values("X-FEServer")).FirstOrDefault(),
        };
    }

    /// <summary>The value of RawContent is the answer itself.</summary>
    private static List<EvidenceLine> FromRawContent(List<EvidenceLine> lines)
    {
        var start = lines.FindIndex(line => RawContent().IsMatch(line.Text));
        if (start < 0)
        {
            return lines.FindAll(line => !Member().IsMatch(line.Text));
        }

        var end = lines.FindIndex(start + 1, line => Member().IsMatch(line.Text));
        var raw = lines.GetRange(start, (end < 0 ? lines.Count : end) - start);
        raw[0] = raw[0] with { Text = RawContent().Match(raw[0].Text).Groups["text"].Value };
        return raw;
    }

    /// <summary>Whether headers are listed in one of PowerShell's ways.</summary>
    public static bool IsListing(IReadOnlyList<EvidenceLine> lines) => lines.Any(line => Listing().IsMatch(line.Text));

    /// <summary>A table of names and values in braces, a list of Key and Value, or [name, value] pairs; a value may go on in the next line.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Headers(IReadOnlyList<EvidenceLine> lines)
    {
        var headers = new List<KeyValuePair<string, string>>();
        string? key = null;
        foreach (var line in lines.Select(line => line.Text))
        {
            if (KeyLine().Match(line) is { Success: true } named)
            {
                key = named.Groups["name"].Value;
            }
            else if (ValueLine().Match(line) is { Success: true } value && key is not null)
            {
                Add(key, value.Groups["value"].Value);
                key = null;
            }
            else if (line.StartsWith("Headers", StringComparison.Ordinal) && Pair().IsMatch(line))
            {
                foreach (Match pair in Pair().Matches(line))
                {
                    Add(pair.Groups["name"].Value, pair.Groups["value"].Value);
                }
            }
            else if (Row().Match(line) is { Success: true } row && row.Groups["name"].Value is not ("Key" or "StatusCode" or "Content"))
            {
                Add(row.Groups["name"].Value, row.Groups["value"].Value);
            }
        }

        return headers;

        void Add(string name, string value)
        {
            // Several values of one field stand in one pair of braces.
            foreach (var one in Challenge().Split(value.Trim().Trim('{', '}')))
            {
                headers.Add(KeyValuePair.Create(name, one.Trim()));
            }
        }
    }

    private static string? After(List<EvidenceLine> lines, string member) => lines.Select(line => line.Text)
        .Where(text => text.StartsWith(member, StringComparison.Ordinal) && text.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && text[member.Length..colon].Trim().Length == 0)
        .Select(text => text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim())
        .FirstOrDefault();

    private static Uri? Command(string text)
    {
        foreach (var program in (ReadOnlySpan<string>)["Invoke-WebRequest", "Invoke-RestMethod", "iwr", "irm"])
        {
            if (CommandLine.After(text, program) is { } words)
            {
                return words.Select(word => WebAddress.TryParse(word, out var uri) && uri.Scheme == Uri.UriSchemeHttps ? uri : null).FirstOrDefault(uri => uri is not null);
            }
        }

        return null;
    }

    [GeneratedRegex(@"^(StatusCode +: [1-5][0-9]{2}|BaseResponse +: StatusCode: |Key +Value$|Key +: |(Invoke-WebRequest|Invoke-RestMethod|iwr) ?:)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Start();

    [GeneratedRegex("^StatusCode +: (?<code>[1-5][0-9]{2})", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex StatusCode();

    [GeneratedRegex("^BaseResponse +: StatusCode: ", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Base();

    [GeneratedRegex("^RawContent +: (?<text>HTTP/.*)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RawContent();

    [GeneratedRegex("^(StatusCode|StatusDescription|Content|Forms|Headers|Images|InputFields|Links|ParsedHtml|RawContentLength|RelationLink|Encoding|BaseResponse) +: ", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Member();

    [GeneratedRegex("^(Key +Value$|Key +: |Headers +: \\{\\[)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Listing();

    [GeneratedRegex("^Key +: (?<name>[A-Za-z][A-Za-z0-9-]{1,60})$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex KeyLine();

    [GeneratedRegex("^Value +: (?<value>.*)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ValueLine();

    [GeneratedRegex(@"\[(?<name>[A-Za-z][A-Za-z0-9-]{1,60}), (?<value>[^\]]{0,4000})\]", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pair();

    [GeneratedRegex(@"^(?<name>[A-Za-z][A-Za-z0-9-]{1,60}) +(?<value>\{.*\}|[^ :{].*)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Row();

    [GeneratedRegex(",\\s*(?=(Bearer|Basic|Negotiate|NTLM)( |$|,))", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Challenge();

    [GeneratedRegex("trust relationship|remote certificate is invalid|RemoteCertificate(ChainErrors|NameMismatch)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Untrusted();
}
