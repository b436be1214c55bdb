using AutoDetectSim.AutoDetect.Answers;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Tests.AutoDetect;

/// <summary>The autoDetect part of scenario files.</summary>
public sealed class AutoDetectSettingsTests
{
    [Fact]
    public async Task The_CAP2025_database_can_be_written_in_a_scenario()
    {
        var result = ScenarioLoader.Parse(
            """
            edition: "2025"
            organizations: { contoso: { domains: [contoso.com] } }
            autoDetect:
              instances: [autodetect-deployment-76fffc487d-wfs4b]
              requestTimeout: 5s
              providers:
                seeatest:
                  createdAt: "2020-02-03T05:31:23.2980248"
                  updatedAt: "2020-02-03T09:12:59.024587"
                  protocols:
                    - { protocol: smtp, hostname: smtpgms.jnet.sei.co.jp, port: 465 }
                    - { protocol: imap, hostname: imapgms.jnet.sei.co.jp, port: 993 }
              domains: { example.com: { providerId: seeatest } }
              cache: { fabrikam.com: { providerId: google, age: 20d } }
            """,
            "test.yaml",
            baseDirectory: null);
        Assert.True(result.Scenario is not null, string.Join('\n', result.Problems));
        using var harness = new DetectionHarness(Captures.WithoutExampleCom(), result.Scenario.AutoDetect, Edition.Kestrel2025);
        using var expected = new DetectionHarness(Captures.WithoutExampleCom(), Captures.ExampleCom, Edition.Kestrel2025);
        var detection = await harness.DetectAsync("email@example.com");
        var capture = await expected.DetectAsync("email@example.com");
        Assert.Equal(DetectionHarness.Body(capture), DetectionHarness.Body(detection));
        Assert.Equal(
            DebugSupport.Render(capture),
            DebugSupport.Render(detection));
        Assert.Equal("autodetect-deployment-76fffc487d-wfs4b", detection.Instance);
        Assert.Equal("google", Assert.Single((await harness.DetectAsync("someone@fabrikam.com")).Services).Service);
    }

    [Theory]
    [InlineData("autoDetect: { feedbackKey: short }", "An HS256 key must have at least 32 bytes, not 5")]
    [InlineData("autoDetect: { replicas: 0 }", "`replicas` must be 1 to 1000, not 0")]
    [InlineData("autoDetect: { hosts: [] }", "`hosts` must list at least one host name")]
    [InlineData("autoDetect: { timeout: 10m }", "`timeout` must be 100ms to 2m, not 10m")]
    [InlineData("autoDetect: { instances: ['a b'] }", "`a b` is not a name made of letters")]
    [InlineData("autoDetect: { domains: { contoso.com: { providerId: gogle } } }", "Unknown provider `gogle`; did you mean `google`?")]
    [InlineData("autoDetect: { cache: { contoso.com: { providerId: nobody } } }", "Unknown provider `nobody`")]
    [InlineData("autoDetect: { domains: { contoso.com: { autoDv2Endpoint: 'http://contoso.com/' } } }", "AutoDiscover V2 requires an https URL, not `http://contoso.com/`")]
    [InlineData("autoDetect: { providers: { x: { service: aol } } }", "Unknown service `aol`")]
    [InlineData("autoDetect: { providers: { x: { protocols: [{ protocol: nntp, hostname: news.example }] } } }", "Unknown protocol `nntp`")]
    [InlineData("autoDetect: { sovereignDomains: { contoso.us: microsoftonline.uz } }", "did you mean `microsoftonline.us`?")]
    [InlineData("expect: [{ detect: a@contoso.com, provisioning: { provisoned: 1 } }]", "Unknown value `provisoned` in `provisioning`; did you mean `provisioned`?")]
    [InlineData("expect: [{ detect: a@contoso.com, provisioning: { provisioned: 2 } }]", "`provisioning` adds up to 2, more than the 1 attempts")]
    public void What_cannot_be_is_told(string yaml, string problem)
    {
        var result = ScenarioLoader.Parse(yaml, "test.yaml", baseDirectory: null);
        Assert.Null(result.Scenario);
        Assert.Contains(problem, Assert.Single(result.Problems).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Edition.Node2021, "^prod5-autodetect-[123]$")]
    [InlineData(Edition.Kestrel2025, "^autodetect-deployment-[bcdfghjklmnpqrstvwxz2456789]{10}-[bcdfghjklmnpqrstvwxz2456789]{5}$")]
    public async Task Instances_without_names_are_named_in_the_manner_of_the_edition_and_answer_in_turn(Edition edition, string pattern)
    {
        using var harness = new DetectionHarness(FakeNetwork.HybridContoso(), new AutoDetectDefinition { Replicas = 3 }, edition);
        var names = new List<string>();
        for (var call = 0; call < 6; call++)
        {
            names.Add((await harness.DetectAsync()).Instance);
        }

        Assert.All(names, name => Assert.Matches(pattern, name));
        Assert.Equal(3, names.Distinct().Count());
        Assert.Equal(names.Take(3), names.Skip(3));
    }
}
