using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AutoDetectSim.Scenarios.Changes;

namespace AutoDetectSim.Scenarios.Tests;

public sealed class ChangeGuideTests
{
    private const string Begin = "<!-- generated from the verbs: a test keeps it so -->\n";
    private const string End = "<!-- end -->";

    private static readonly string Guide = Path.Combine(ScenarioFiles.Folder, "..", "docs", "changes.md");

    [Fact]
    public void The_verbs_of_the_guide_are_those_that_there_are()
    {
        var text = File.ReadAllText(Guide);
        var start = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var end = text.IndexOf(End, start, StringComparison.Ordinal);
        var table = new StringBuilder("| verb | what it does |\n|---|---|\n");
        foreach (var (verb, description) in ScenarioChange.Verbs.OrderBy(verb => verb.Key, StringComparer.Ordinal))
        {
            table.Append(CultureInfo.InvariantCulture, $"| `{verb}` | {description} |\n");
        }

        if (Environment.GetEnvironmentVariable("AUTODETECTSIM_UPDATE") == "1")
        {
            File.WriteAllText(Guide, text[..start] + table + text[end..]);
        }

        Assert.True(table.ToString() == text[start..end], "The verbs have changed: run this test once with AUTODETECTSIM_UPDATE=1, which writes the file anew.");
    }

    [Fact]
    public void Every_change_in_the_guide_can_be_made()
    {
        const string World = """
            authorities: { root: { trusted: true }, issuing: { issuer: root } }
            certificates: { mail: { issuer: issuing, hosts: [autodiscover.contoso.com, mail.contoso.com] } }
            organizations: { contoso: { domains: [contoso.com] } }
            loadBalancers: { perimeter: { allowFrom: [10.0.0.0/8], nodes: "ex{01..20}" } }
            dns: { contoso.com: { MX: ["10 mail.contoso.com"] } }
            autoDetect: { cache: { contoso.com: { providerId: google } }, domains: { contoso.com: { providerId: google } } }
            """;
        var scenario = ScenarioLoader.Parse(World, "guide.yaml", null).Scenario!;
        var changes = Regex.Matches(File.ReadAllText(Guide), "`([a-zA-Z0-9/.{},*@]+: [^`]+)`|^([a-z/0-9]+: [a-z ]+)$", RegexOptions.Multiline)
            .Select(match => match.Groups[1].Success ? match.Groups[1].Value : match.Groups[2].Value)
            .ToList();

        Assert.True(changes.Count >= 12, string.Join('\n', changes));
        Assert.All(changes, change => ScenarioChange.Parse(change).ApplyTo(scenario));
    }
}
