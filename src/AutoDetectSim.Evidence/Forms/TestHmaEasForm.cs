using System.Text.RegularExpressions;
using AutoDetectSim.Evidence.Calls;
using AutoDetectSim.Evidence.Envelope;
using AutoDetectSim.Protocols.Http;

namespace AutoDetectSim.Evidence.Forms;

/// <summary>Output of Microsoft's Test-HMAEAS.ps1: the ActiveSync URL that AutoDiscover gave, and the fields of ActiveSync's answer to an empty Bearer as name=value.</summary>
internal sealed partial class TestHmaEasForm : IEvidenceForm
{
    private const int Unauthorized = 401;

    public bool Starts(EvidenceLine line) => Title().IsMatch(line.Text);

    public IEnumerable<EvidenceCall> Read(IReadOnlyList<EvidenceLine> region)
    {
        var url = region.Select(line => line.Text).FirstOrDefault(text => text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) && text.Contains(ExchangePaths.ActiveSync, StringComparison.OrdinalIgnoreCase));
        var host = WebAddress.TryParse(url, out var uri) ? uri.IdnHost : null;
        var headers = new List<KeyValuePair<string, string>>();
        foreach (var line in region)
        {
            if (NameAndValue().Match(line.Text) is not { Success: true } match)
            {
                continue;
            }

            var (name, value) = (match.Groups["name"].Value, match.Groups["value"].Value);
            if (name.Equals("WWW-Authenticate", StringComparison.OrdinalIgnoreCase))
            {
                // The script puts all challenges into one value.
                headers.AddRange(Challenge().Split(value).Select(challenge => KeyValuePair.Create(name, challenge.Trim())));
            }
            else
            {
                headers.Add(KeyValuePair.Create(name, value));
            }
        }

        if (headers.Count == 0)
        {
            yield break;
        }

        var answer = new ObservedAnswer { Method = "GET", Path = ExchangePaths.ActiveSync, StatusCode = Unauthorized, Headers = headers };
        var at = HttpHead.DateOf([answer]);
        yield return new EvidenceCall
        {
            Form = "Test-HMAEAS.ps1",
            Line = region[0].Number,
            Host = host,
            At = at,
            AtBasis = at is null ? null : "the Date header",
            Node = answer.Values("X-FEServer").FirstOrDefault(),
            Answers = [answer],
            Guesses = host is null ? ["the output names no ActiveSync URL"] : [],
        };
    }

    [GeneratedRegex("^We sent an .{1,40} Request to (On-Premises|AutoDetect|AutoDiscover)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Title();

    [GeneratedRegex("^(?<name>[A-Za-z][A-Za-z0-9-]{1,50})=(?<value>.*)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NameAndValue();

    [GeneratedRegex(",\\s*(?=(Bearer|Basic|Negotiate|NTLM)( |$|,))", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Challenge();
}
