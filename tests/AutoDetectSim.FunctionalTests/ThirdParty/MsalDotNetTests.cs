using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using AutoDetectSim.FunctionalTests.Network;
using Microsoft.Identity.Client;
using Microsoft.Identity.Client.Extensibility;

namespace AutoDetectSim.FunctionalTests.ThirdParty;

/// <summary>MSAL.NET signs in at the lab, unchanged, and the lab's Exchange takes its tokens.</summary>
public sealed class MsalDotNetTests
{
    private const string Client = "27922004-5251-4030-b22d-91ecd9a37ea4";
    private const string Authority = "https://login.microsoftonline.com/";
    private const string User = "your@contoso.com";
    private const string Password = "Winter-2021";
    private const string Server = "https://mail.contoso.com/Microsoft-Server-ActiveSync";

    private const string Scenario = """
        organizations: { contoso: { domains: [contoso.com], password: Winter-2021, tenantId: b9cd8e2d-9e3a-4e3c-8d0c-000000000001 } }
        loadBalancers: { perimeter: { nodes: [ex01] } }
        """;

    private static readonly string[] Scopes = ["https://mail.contoso.com/.default"];

    [Fact]
    public async Task A_person_at_the_sign_in_page_gets_a_token_with_PKCE()
    {
        await using var lab = await NetworkLab.StartAsync(Scenario);
        using var browser = new LabBrowser(lab);
        var application = Application(browser, "common");
        var result = await application.AcquireTokenInteractive(Scopes).WithCustomWebUi(browser).ExecuteAsync(TestContext.Current.CancellationToken);
        await AssertAcceptedAsync(browser, application, result);
    }

    [Fact]
    public async Task A_device_gets_a_token_once_someone_has_typed_its_code()
    {
        await using var lab = await NetworkLab.StartAsync(Scenario);
        using var browser = new LabBrowser(lab);
        var application = Application(browser, "contoso.com");
        var result = await application
            .AcquireTokenWithDeviceCode(Scopes, device => browser.SubmitAsync(new Uri(device.VerificationUrl), ("otc", device.UserCode), ("login", User), ("passwd", Password)))
            .ExecuteAsync(TestContext.Current.CancellationToken);
        await AssertAcceptedAsync(browser, application, result);
    }

    [Fact]
    public async Task A_script_gets_a_token_for_a_password_after_it_has_asked_for_the_realm()
    {
        await using var lab = await NetworkLab.StartAsync(Scenario);
        using var browser = new LabBrowser(lab);
        var application = Application(browser, "organizations");
        await AssertAcceptedAsync(browser, application, await WithPasswordAsync(application, Password));
        var refused = await Assert.ThrowsAsync<MsalUiRequiredException>(() => WithPasswordAsync(Application(browser, "organizations"), "wrong"));
        Assert.Contains("AADSTS50126", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tenant_that_does_not_exist_is_reported_by_its_number()
    {
        await using var lab = await NetworkLab.StartAsync(Scenario);
        using var browser = new LabBrowser(lab);
        var failure = await Assert.ThrowsAsync<MsalServiceException>(() => Application(browser, "fabrikam.com").AcquireTokenWithDeviceCode(Scopes, _ => Task.CompletedTask).ExecuteAsync(TestContext.Current.CancellationToken));
        Assert.Equal("invalid_tenant", failure.ErrorCode);
        Assert.Contains("AADSTS90002", failure.Message, StringComparison.Ordinal);
    }

    private static IPublicClientApplication Application(LabBrowser browser, string tenant) =>
        PublicClientApplicationBuilder.Create(Client).WithAuthority(Authority + tenant).WithRedirectUri("http://localhost:3000/").WithHttpClientFactory(browser).Build();

    // The flow is obsolete in the library, and in use in scripts.
#pragma warning disable CS0618
    private static Task<AuthenticationResult> WithPasswordAsync(IPublicClientApplication application, string password) =>
        application.AcquireTokenByUsernamePassword(Scopes, User, password).ExecuteAsync(TestContext.Current.CancellationToken);
#pragma warning restore CS0618

    private static async Task AssertAcceptedAsync(LabBrowser browser, IPublicClientApplication application, AuthenticationResult result)
    {
        Assert.Equal((User, "b9cd8e2d-9e3a-4e3c-8d0c-000000000001"), (result.Account.Username, result.TenantId));
        var renewed = await application.AcquireTokenSilent(Scopes, result.Account).WithForceRefresh(true).ExecuteAsync(TestContext.Current.CancellationToken);
        foreach (var token in (string[])[result.AccessToken, renewed.AccessToken])
        {
            using var request = new HttpRequestMessage(HttpMethod.Options, Server) { Headers = { Authorization = new("Bearer", token) } };
            using var answer = await browser.GetHttpClient().SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    /// <summary>A person's browser, and the library's way into the lab: through the gateway, with the lab's roots.</summary>
    private sealed class LabBrowser : IMsalHttpClientFactory, ICustomWebUi, IDisposable
    {
        private readonly HttpClient _client;

        public LabBrowser(NetworkLab lab)
        {
            var policy = new X509ChainPolicy { DisableCertificateDownloads = true, RevocationMode = X509RevocationMode.NoCheck, TrustMode = X509ChainTrustMode.CustomRootTrust };
            policy.CustomTrustStore.ImportFromPem(lab.Lab.RootCertificatesPem);
            _client = new HttpClient(new SocketsHttpHandler
            {
                Proxy = new WebProxy(lab.Gateway),
                AllowAutoRedirect = false,
                SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = policy },
            });
        }

        public HttpClient GetHttpClient() => _client;

        public async Task<Uri> AcquireAuthorizationCodeAsync(Uri authorizationUri, Uri redirectUri, CancellationToken cancellationToken) =>
            (await SubmitAsync(authorizationUri, ("login", User), ("passwd", Password)))!;

        /// <summary>Reads a page, fills in its form, and gives the address that the answer leads to.</summary>
        public async Task<Uri?> SubmitAsync(Uri url, params (string Name, string Value)[] fields)
        {
            var page = await _client.GetStringAsync(url);
            var form = Regex.Matches(page, "<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"").Select(field => KeyValuePair.Create(field.Groups[1].Value, WebUtility.HtmlDecode(field.Groups[2].Value)))
                .Concat(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
            using var content = new FormUrlEncodedContent(form);
            using var answer = await _client.PostAsync(new Uri(url, WebUtility.HtmlDecode(Regex.Match(page, "action=\"([^\"]*)\"").Groups[1].Value)), content);
            return answer.Headers.Location;
        }

        public void Dispose() => _client.Dispose();
    }
}
