using System.Text;
using System.Text.RegularExpressions;
using AutoDetectSim.Exchange;
using AutoDetectSim.Exchange.Answers;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Scenarios.Changes;
using AutoDetectSim.Scenarios.Library;

namespace AutoDetectSim.Tests.Exchange;

/// <summary>Answers given in process, and those of the mapping server.</summary>
public sealed partial class AnswerSourceTests : IDisposable
{
    private const string Mail = "mail.contoso.com";
    private const string Replaced = """{ "Request": { "Path": "/owa/healthcheck.htm" }, "Response": { "StatusCode": 418, "Body": "replaced" } }""";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("answers");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    [Trait("Needs", "time")]
    public async Task Both_sources_send_the_same_bytes_for_every_scenario_of_the_library()
    {
        await using var generated = await ExchangeHost.StartAsync();
        await using var mapped = await ExchangeHost.StartAsync(ExchangeHost.Contoso() with { WireMockAdmin = true });
        var withFiles = 0;
        foreach (var entry in ScenarioLibrary.All)
        {
            var scenario = ScenarioLibrary.Load(entry.Id).Scenario!;
            generated.Become(scenario);
            mapped.Become(scenario with { WireMockAdmin = true });
            var hasFiles = generated.Servers.State.Files.Mappings.Count > 0;
            withFiles += hasFiles ? 1 : 0;
            Assert.Equal(hasFiles || scenario.WireMockAdmin, generated.Servers.State.Answers is MappedAnswers);
            Assert.IsType<MappedAnswers>(mapped.Servers.State.Answers);
            foreach (var requests in Conversations(scenario))
            {
                var answers = await Task.WhenAll(SendAsync(mapped, requests), SendAsync(generated, requests));
                Assert.True(answers[0] == answers[1], $"{entry.Id}\n{requests}\n\nmapping server:\n{answers[0]}\n\nin process:\n{answers[1]}");
            }
        }

        Assert.InRange(withFiles, 3, int.MaxValue);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task HEAD_states_the_length_that_GET_sends(bool wireMockAdmin)
    {
        await using var host = await ExchangeHost.StartAsync(ExchangeHost.Contoso() with { WireMockAdmin = wireMockAdmin });
        var get = RawAnswer.Parse(await host.GetAsync(Mail, "/nothing"));
        var head = RawAnswer.Parse(await host.RawAsync($"HEAD /nothing HTTP/1.1\r\nHost: {Mail}\r\nConnection: close\r\n\r\n"));
        Assert.Equal([$"{get.Body.Length}"], head["Content-Length"]);
        Assert.Equal(get.Headers, head.Headers);
        Assert.Empty(head.Body);
    }

    [Fact]
    public async Task A_lab_without_mappings_has_no_mapping_server_until_a_change_brings_mapping_files()
    {
        Write("mappings/health.json", Replaced);
        var plain = ExchangeHost.Contoso();
        var replaced = plain with { BaseDirectory = _folder.FullName };
        await using var host = await ExchangeHost.StartAsync(plain);
        Assert.Equal(200, await HealthAsync(host));
        Assert.False(host.Servers.HasMappingServer);
        foreach (var (scenario, status) in (IEnumerable<(Scenario, int)>)[(replaced, 418), (plain, 200), (replaced, 418), (plain, 200)])
        {
            host.Become(scenario);
            Assert.Equal(status, await HealthAsync(host));
            Assert.True(host.Servers.HasMappingServer);
        }

        Assert.IsType<GeneratedAnswers>(host.Servers.State.Answers);
        Assert.Null(host.Servers.AdminUrl);
    }

    [Fact]
    public async Task Mapping_files_that_cannot_be_used_leave_a_running_lab_as_it_is()
    {
        Write("good/health.json", Replaced);
        Write("bad/a.json", """{ "Request": { "Path": { "Matchers": [{ "Name": "NoSuchMatcher", "Pattern": "x" }] } }, "Response": {} }""");
        await using var lab = await Lab.StartAsync(new Scenario { Name = "lab", BaseDirectory = _folder.FullName }, cancellationToken: TestContext.Current.CancellationToken);
        foreach (var mappings in (string?[])[null, "good"])
        {
            await lab.ChangeAsync(lab.Scenario with { Mappings = mappings }, TestContext.Current.CancellationToken);
            var before = lab.Control.World;
            var failure = await Assert.ThrowsAsync<ScenarioChangeException>(() => lab.ChangeAsync(lab.Scenario with { Mappings = "bad" }, TestContext.Current.CancellationToken));
            Assert.Equal("a.json", Path.GetFileName(Assert.Single(failure.Problems).File));
            Assert.Same(before, lab.Control.World);
        }
    }

    /// <summary>What a server answers, or "aborted" where it resets the connection.</summary>
    private static async Task<string> SendAsync(ExchangeHost host, string requests)
    {
        try
        {
            // Whether an aborted answer uses up a request-id does not show on the wire.
            return RequestId().Replace(await host.RawAsync(requests), "request-id: *");
        }
        catch (IOException)
        {
            return "aborted";
        }
    }

    private static async Task<int> HealthAsync(ExchangeHost host) => RawAnswer.Parse(await host.GetAsync(Mail, "/owa/healthcheck.htm")).Status;

    /// <summary>
    /// Requests to the first and the last server behind each load balancer and to Exchange Online, those to one server on one
    /// connection. Where a server aborts connections, each request has its own: what was answered before may be lost.
    /// </summary>
    private static IEnumerable<string> Conversations(Scenario scenario)
    {
        var address = scenario.Expect.Select(one => one.Detect).FirstOrDefault(one => one.Contains('@', StringComparison.Ordinal)) ?? "your@" + scenario.Organizations[0].Domains[0];
        foreach (var balancer in scenario.LoadBalancers.Where(one => one.Hosts.Count > 0))
        {
            foreach (var node in (IEnumerable<NodeDefinition>)[.. balancer.Nodes.Take(1), .. balancer.Nodes.Skip(1).TakeLast(1)])
            {
                var requests = ToServer(balancer.Hosts[0], address).Select(request => request.Replace("\r\n\r\n", $"\r\n{ExchangeHost.NodeHeader}: {node.Name}\r\n\r\n", StringComparison.Ordinal));
                foreach (var conversation in node.UrlRewrite is null or UrlRewriteRule.None ? [string.Concat(requests) + Last(balancer.Hosts[0])] : requests.Select(Closing))
                {
                    yield return conversation;
                }
            }
        }

        foreach (var host in (string[])[ExchangeOnline.Host, "login.windows.net"])
        {
            yield return string.Concat(ToServer(host, address)) + Last(host);
        }
    }

    private static string Closing(string request) => request.Replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n", StringComparison.Ordinal);

    private static string Last(string host) => $"HEAD /nothing HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n";

    private static IEnumerable<string> ToServer(string host, string address)
    {
        var basic = "Authorization: Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(address + ":secret")) + "\r\n";
        var ntlm = "Authorization: NTLM TlRMTVNTUAABAAAAB4IIogAAAAAAAAAAAAAAAAAAAAAKAO5CAAAADw==\r\n";
        const string Sync = "/Microsoft-Server-ActiveSync";
        const string Json = "/autodiscover/autodiscover.json";
        var pox = "<Autodiscover xmlns=\"http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006\"><Request>"
            + $"<EMailAddress>{address}</EMailAddress><AcceptableResponseSchema>http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a</AcceptableResponseSchema></Request></Autodiscover>";
        string Get(string target, string headers = "") => Request("GET", host, target, headers);
        string Post(string target, string headers, string body) => Request("POST", host, target, headers + "Content-Type: text/xml\r\n", body);
        return
        [
            Get($"{Json}?Email={address}&Protocol=ActiveSync&RedirectCount=1"),
            Get($"{Json}/v1.0/{address}?Protocol=ews"),
            Get($"{Json}?Email={address}&Protocol=%20N%C3%B6%25nsense%20"),
            Get($"{Json}?Email=%20&Protocol=ActiveSync"),
            Get($"{Json}?Email={address}"),
            Request("HEAD", host, $"{Json}?Email={address}&Protocol=ActiveSync"),
            Get("/autodiscover/autodiscover.xml"),
            Post("/autodiscover/autodiscover.xml", basic, pox),
            Post("/autodiscover/autodiscover.svc", "", "<a/>"),
            Post("/autodiscover/autodiscover.svc", basic, "<a/>"),
            Request("OPTIONS", host, Sync),
            Request("OPTIONS", host, Sync, basic),
            Request("OPTIONS", host, Sync, ntlm),
            Get(Sync, "Authorization: Bearer \r\n"),
            Get(Sync, "Authorization: Bearer a.b.c\r\n"),
            Post(Sync + $"?Cmd=FolderSync&User={address}&DeviceId=1&DeviceType=a", basic + "MS-ASProtocolVersion: 14.1\r\n", "<a/>"),
            Get("/owa"),
            Get("/owa/healthcheck.htm"),
            Get("/EWS/Exchange.asmx", basic),
            Get("/mapi/emsmdb"),
            Get("/common/.well-known/openid-configuration"),
            Get($"/common/oauth2/authorize?resource=https%3A%2F%2F{host}"),
            Get("/"),
        ];
    }

    private static string Request(string method, string host, string target, string headers = "", string body = "") =>
        $"{method} {target} HTTP/1.1\r\nHost: {host}\r\n{headers}Content-Length: {body.Length}\r\n\r\n{body}";

    private void Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    [GeneratedRegex("request-id: [0-9a-f-]{36}", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex RequestId();
}
