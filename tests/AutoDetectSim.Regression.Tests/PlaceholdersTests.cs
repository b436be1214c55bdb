using AutoDetectSim.Regression.Adapters;
using AutoDetectSim.Regression.Tools;

namespace AutoDetectSim.Regression.Tests;

public sealed class PlaceholdersTests
{
    private static readonly Placeholders Values = new(new Dictionary<string, string?>
    {
        [Placeholders.Host] = "mail.contoso.com",
        [Placeholders.Gateway] = "http://127.0.0.1:8080",
        [Placeholders.Root] = "/tmp/root.pem",
        [Placeholders.TrustStore] = "/tmp/root.p12",
        [Placeholders.DetectUrl] = "https://prod-autodetect.outlookmobile.com/detect",
    });

    [Theory]
    [InlineData("--host={host}", "--host=mail.contoso.com")]
    [InlineData("{host}{host}", "mail.contoso.commail.contoso.com")]
    [InlineData("%{http_code} {\"a\": 1} {0} {}", "%{http_code} {\"a\": 1} {0} {}")]
    [InlineData("%{exitcode}", "%{exitcode}")]
    [InlineData("{{host}}", "{host}")]
    [InlineData("{{{host}}}", "{{host}}")]
    public void Placeholders_are_filled_in_and_other_braces_left_alone(string text, string expected) =>
        Assert.Equal(expected, Values.Fill(text));

    [Fact]
    public void A_placeholder_without_a_value_is_told_apart_from_an_empty_one() =>
        Assert.Equal("The lab has no {endpoint} here.", Assert.Throws<PlaceholderException>(() => Values.Fill("{endpoint}")).Message);

    [Theory]
    [InlineData("{hots}", "host")]
    [InlineData("{detectURL}", "detectUrl")]
    [InlineData("{{hots}}", null)]
    [InlineData("{exitcode}", null)]
    public void A_placeholder_that_looks_like_another_is_taken_for_a_slip(string text, string? nearest) =>
        Assert.Equal(nearest is null ? [] : [nearest], Placeholders.Misspelled(text).Select(wrong => wrong.Nearest));

    [Fact]
    public void Programs_of_every_language_get_the_gateway_and_the_roots()
    {
        var adapter = AdapterFile.Parse("environment: { PROBE_TARGET: '{host}' }\nrules: [{ exitCode: 0, verdict: healthy }]", "a.yaml").Document!;

        var variables = ToolEnvironment.Create(adapter, Values, "/tmp/empty");

        Assert.All((string[])["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "AUTODETECTSIM_GATEWAY"], name => Assert.Equal("http://127.0.0.1:8080", variables[name]));
        Assert.All((string[])["SSL_CERT_FILE", "CURL_CA_BUNDLE", "NODE_EXTRA_CA_CERTS", "REQUESTS_CA_BUNDLE", "AUTODETECTSIM_ROOT"], name => Assert.Equal("/tmp/root.pem", variables[name]));
        Assert.Equal(("", "/tmp/empty", "1", "mail.contoso.com"), (variables["NO_PROXY"], variables["SSL_CERT_DIR"], variables["NODE_USE_ENV_PROXY"], variables["PROBE_TARGET"]));
        Assert.Equal("https://prod-autodetect.outlookmobile.com/detect", variables["AUTODETECTSIM_DETECT_URL"]);
        Assert.Contains("-Dhttps.proxyHost=127.0.0.1 -Dhttps.proxyPort=8080", variables["JAVA_TOOL_OPTIONS"], StringComparison.Ordinal);
        Assert.Null(variables["AUTODETECTSIM_ENDPOINT"]);
    }

    [Fact]
    public void A_tool_that_connects_directly_is_given_no_proxy_and_loses_the_one_that_it_has()
    {
        var adapter = AdapterFile.Parse("route: direct\nrules: [{ exitCode: 0, verdict: healthy }]", "a.yaml").Document!;

        var variables = ToolEnvironment.Create(adapter, Values, "/tmp/empty");

        Assert.All((string[])["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy", "NODE_USE_ENV_PROXY"], name => Assert.Null(variables[name]));
        Assert.DoesNotContain("proxyHost", variables["JAVA_TOOL_OPTIONS"], StringComparison.Ordinal);
    }
}
