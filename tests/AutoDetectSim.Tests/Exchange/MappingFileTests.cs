using AutoDetectSim.Exchange.Answers;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Tests.Exchange;

public sealed class MappingFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mappings");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_mapping_file_beside_the_scenario_replaces_an_answer_and_fills_it_from_the_request()
    {
        Write("mappings/v2.json", """
            { "Request": { "Path": { "Matchers": [{ "Name": "WildcardMatcher", "Pattern": "/autodiscover/autodiscover.json*", "IgnoreCase": true }] } },
              "Response": { "StatusCode": 418, "Headers": { "X-Mine": "{{request.headers.X-AutoDetectSim-Node}}" }, "Body": "for {{request.query.Email}}", "UseTransformer": true } }
            """);
        await using var host = await ExchangeHost.StartAsync(ExchangeHost.Contoso() with { BaseDirectory = _folder.FullName });
        var answer = RawAnswer.Parse(await host.GetAsync("autodiscover.contoso.com", "/autodiscover/autodiscover.json?Email=test@contoso.com&Protocol=ActiveSync"));
        Assert.Equal(418, answer.Status);
        Assert.Equal("for test@contoso.com", answer.Body);
        Assert.Equal(["ex01"], answer["X-Mine"]);
        Assert.Equal(["EX01"], answer["X-FEServer"]);
    }

    [Fact]
    public async Task The_mapping_files_of_an_organization_count_for_that_organization_alone()
    {
        Write("theirs/health.json", """[{ "Request": { "Path": "/ews/healthcheck.htm" }, "Response": { "StatusCode": 500, "BodyAsFile": "broken.txt", "Headers": { "X-AutoDetectSim-Identity": "None" } } }]""");
        Write("theirs/broken.txt", "broken");
        var scenario = ExchangeHost.Contoso();
        scenario = scenario with
        {
            BaseDirectory = _folder.FullName,
            Organizations = [.. scenario.Organizations, new() { Name = "fabrikam", Domains = ["fabrikam.com"], Mappings = "theirs" }],
            LoadBalancers = [.. scenario.LoadBalancers, new() { Name = "theirs", Hosts = ["mail.fabrikam.com"], Nodes = [new() { Name = "fab01" }] }],
        };
        await using var host = await ExchangeHost.StartAsync(scenario);
        Assert.Equal(200, RawAnswer.Parse(await host.GetAsync("mail.contoso.com", "/ews/healthcheck.htm")).Status);
        var answer = RawAnswer.Parse(await host.GetAsync("mail.fabrikam.com", "/ews/healthcheck.htm"));
        Assert.Equal((500, "broken"), (answer.Status, answer.Body));
        Assert.Empty(answer["Server"]);
        Assert.Empty(answer["X-AutoDetectSim-Identity"]);
    }

    [Fact]
    public async Task Everything_that_is_wrong_with_mapping_files_is_said_at_once_with_file_and_line()
    {
        Write("mappings/a-syntax.json", "{ \"Request\": {\n  \"Path\": }");
        Write("mappings/b-member.json", "{ \"Request\": {},\n \"Respons\": {} }");
        Write("mappings/c-response.json", "{ \"Request\": {} }");
        Write("mappings/d-matcher.json", """{ "Request": { "Path": { "Matchers": [{ "Name": "NoSuchMatcher", "Pattern": "x" }] } }, "Response": {} }""");
        Write("mappings/e-proxy.json", """{ "Request": {}, "Response": { "ProxyUrl": "http://example.com" } }""");
        Write("mappings/f-file.json", """{ "Request": {}, "Response": { "BodyAsFile": "absent.txt" } }""");
        Write("mappings/g-kind.json", "[7]");
        Write("world.yaml", "name: world");
        Assert.Equal(7, MappingFiles.Check(ScenarioLoader.Load(Path.Combine(_folder.FullName, "world.yaml")).Scenario!).Count);
        var failure = await Assert.ThrowsAsync<MappingFileException>(() => ExchangeHost.StartAsync(ExchangeHost.Contoso() with { BaseDirectory = _folder.FullName }));
        Assert.Equal(
            ["a-syntax.json", "b-member.json", "c-response.json", "d-matcher.json", "e-proxy.json", "f-file.json", "g-kind.json"],
            failure.Problems.Select(problem => Path.GetFileName(problem.File)).Order());
        Assert.Contains(failure.Problems, problem => problem.File.EndsWith("a-syntax.json", StringComparison.Ordinal) && problem.Line == 2);
        Assert.Contains(failure.Problems, problem => problem.File.EndsWith("b-member.json", StringComparison.Ordinal) && problem.Line == 2 && problem.Message.Contains("Respons", StringComparison.Ordinal));
    }

    private void Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
