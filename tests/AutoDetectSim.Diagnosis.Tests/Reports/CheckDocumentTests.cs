using AutoDetectSim.Diagnosis.Checking;
using AutoDetectSim.Diagnosis.Reports;
using AutoDetectSim.Diagnosis.Reports.Html;
using AutoDetectSim.Diagnosis.Reports.Markdown;
using AutoDetectSim.Diagnosis.Tests.Checking;

namespace AutoDetectSim.Diagnosis.Tests.Reports;

/// <summary>What reports say, whatever form they have.</summary>
public sealed class CheckDocumentTests
{
    private static readonly CheckRequest Request = new() { Host = CheckedLab.Host, Email = "your@contoso.com" };

    [Theory]
    [InlineData("present: missingIntermediate", "install the intermediate certificate of the CA that issued the server's certificate (in the lab: CN=Lab Issuing CA 1,O=AutoDetectSim)")]
    [InlineData("present: expiredIntermediate", "replace the expired intermediate")]
    [InlineData("present: expiredLeaf", "renew the certificate CN=autodiscover.contoso.com")]
    [InlineData("present: nameMismatch", "bind a certificate whose subjectAltName contains the host name (this one is for autodiscover.corp.invalid)")]
    [InlineData("present: selfSigned", "bind a certificate of a public CA")]
    [InlineData("present: untrustedRoot", "If that is an intermediate of a public CA, present it as well.")]
    [InlineData("present: clientAuthOnly", "allows server authentication")]
    [InlineData("tlsVersions: [\"1.1\"]", "enable TLS 1.2")]
    [InlineData("clientCertificate: true, tlsVersions: [\"1.2\"]", "do not require client certificates")]
    [InlineData("fault: resetAnswer", "the server sends no HTTP answer")]
    [InlineData("auth: basic", "enable OAuth on the ActiveSync virtual directory")]
    public async Task Every_fault_has_a_task_that_names_the_node_once(string node, string task)
    {
        var document = await CheckAsync($"[{{ name: ex01 }}, {{ name: ex02, {node} }}, {{ name: ex03 }}]");
        var advice = Assert.Single(document.Advice, line => line.Contains(task, StringComparison.Ordinal));
        Assert.True(advice.StartsWith("On EX02 (", StringComparison.Ordinal) || advice.StartsWith("On node-", StringComparison.Ordinal), advice);
        Assert.Single(document.Advice);
    }

    [Fact]
    public async Task The_share_of_each_client_counts_connections_and_not_only_certificates()
    {
        var document = await CheckAsync("[{ name: ex01 }, { name: ex02, present: missingIntermediate }, { name: ex03, tlsVersions: [\"1.0\"] }, { name: ex04, fault: reset }]");
        var host = document.Hosts[0];
        var shares = host.Clients.ToDictionary(client => client.Profile, StringComparer.Ordinal);
        Assert.Equal(0.25, shares["node"].Share, 0.01);
        Assert.Equal(0.5, shares["browser"].Share, 0.01);
        Assert.Equal(0.5, shares["browser"].OnFirstVisit, 0.01);
        Assert.Equal(0.25, shares["android"].OnFirstVisit, 0.01);
    }

    [Fact]
    public async Task The_customer_reads_why_other_clients_work_only_if_some_do()
    {
        Assert.Contains((await CheckAsync("[{ name: ex01 }, { name: ex02, present: missingIntermediate }]")).Customer, part => part.Title == "Why other clients work");
        Assert.DoesNotContain((await CheckAsync("[{ name: ex01 }, { name: ex02, present: expiredLeaf }]")).Customer, part => part.Title == "Why other clients work");
        Assert.Equal(["Symptom", "Confidence"], (await CheckAsync("2")).Customer.Select(part => part.Title));
    }

    [Fact]
    public async Task Answers_are_grouped_by_content_and_decoded()
    {
        var document = await CheckAsync("[{ name: ex01 }, { name: ex02 }, { name: ex03, auth: modernOff }]");
        var answers = document.Hosts[1].Answers.Where(answer => answer.Method == "GET").OrderBy(answer => answer.Nodes[0], StringComparer.Ordinal).ToList();
        Assert.Equal([["EX01", "EX02"], ["EX03"]], answers.Select(answer => answer.Nodes));
        Assert.All(answers, answer => Assert.Equal(401, answer.Status));
        Assert.Contains(answers[0].Words, word => word.StartsWith("Bearer is offered: modern authentication", StringComparison.Ordinal));
        Assert.Contains(answers[0].Words, word => word.StartsWith("Tokens are accepted from Entra (tenant ", StringComparison.Ordinal));
        Assert.Contains("Bearer is offered without authorization_uri: AutoDetect finds no sign-in page and treats the answer as a failure.", answers[1].Words);
        Assert.Contains(answers[1].Words, word => word.Contains("Flighting is not enabled", StringComparison.Ordinal));
        Assert.Contains(answers[0].Headers, header => header.Name == "WWW-Authenticate");
    }

    [Theory]
    [InlineData("15.2.2562.17", "Exchange Server SE")]
    [InlineData("15.2", "Exchange 2019 or SE")]
    [InlineData("15.1.2507.55", "Exchange 2016")]
    [InlineData("15.0", "Exchange 2013")]
    [InlineData("14.03.0123.002", "Exchange 2010")]
    [InlineData("15.20.9000.1", "Exchange Online")]
    [InlineData("apache", "not a version number")]
    public void A_build_is_shown_with_its_release(string build, string release) => Assert.Equal(release, AnswerText.ReleaseOf(build));

    [Fact]
    public async Task A_report_of_a_lab_says_so_first_and_names_no_keys_or_URLs_of_the_lab()
    {
        var document = await CheckAsync("[{ name: ex01 }, { name: ex02, present: missingIntermediate }]");
        Assert.StartsWith("Reproduction of scenario ", document.Reproduction, StringComparison.Ordinal);
        Assert.StartsWith("Reproduction of scenario ", MarkdownCheck.Render(document), StringComparison.Ordinal);
        Assert.Contains("<main>\n<p><strong>Reproduction of scenario ", HtmlCheck.Render(document), StringComparison.Ordinal);
        Assert.All(document.Advice, advice =>
        {
            Assert.DoesNotContain("key identifier", advice, StringComparison.Ordinal);
            Assert.DoesNotContain("http://", advice, StringComparison.Ordinal);
            Assert.DoesNotContain("autodetectsim.test", advice, StringComparison.Ordinal);
        });
        Assert.Equal(["Exchange and IIS (PowerShell as administrator)", "nginx", "HAProxy", "F5 BIG-IP"], document.Repairs.Select(repair => repair.Server));
    }

    [Fact]
    public async Task In_the_field_the_advice_names_key_identifier_and_URL()
    {
        var result = await CheckedLab.CheckNodesAsync("[{ name: ex01, present: missingIntermediate }]", request: Request);
        var document = CheckDocument.From(result with { Reproduction = null });
        Assert.Contains("(key identifier ", Assert.Single(document.Advice), StringComparison.Ordinal);
        Assert.DoesNotContain("Reproduction", MarkdownCheck.Render(document), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("perimeter/ex02: present complete", "On ex02 (perimeter): present the certificate with its complete chain, the server's own certificate first.")]
    [InlineData("perimeter: allow autodetect", "On perimeter: let connections from AutoDetect's ranges (52.125.128.0/20 and 52.127.96.0/23) through the firewall.")]
    [InlineData("perimeter/ex{02..20}: present complete", "On ex02 to ex20 (perimeter): present the certificate with its complete chain, the server's own certificate first.")]
    [InlineData("mail: renew", "Renew the certificate mail and bind the new one.")]
    [InlineData("perimeter/ex07: enable oauth", "On ex07 (perimeter): offer modern authentication (OAuth) as the organization does.")]
    public void A_change_is_a_sentence_that_a_customer_can_act_on(string change, string sentence) => Assert.Equal(sentence, ChangeText.Of(change));

    private static async Task<CheckDocument> CheckAsync(string nodes) => CheckDocument.From(await CheckedLab.CheckNodesAsync(nodes, request: Request));
}
