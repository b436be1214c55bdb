using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using AutoDetectSim.Scenarios;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace AutoDetectSim.Tests.Exchange;

/// <summary>The login endpoint: what it publishes ([AZSDK], [AADINT]), and how an application gets tokens that the lab's Exchange takes.</summary>
public sealed class EntraTests
{
    private const string Login = "login.microsoftonline.com";
    private const string Tenant = "b9cd8e2d-9e3a-4e3c-8d0c-000000000001";
    private const string Client = "27922004-5251-4030-b22d-91ecd9a37ea4";
    private const string Redirect = "http://localhost:3000/";
    private const string Verifier = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJ";
    private const string Scope = "https://mail.contoso.com/.default openid profile offline_access";

    [Theory]
    [InlineData(Tenant, Tenant)]
    [InlineData("contoso.com", Tenant)]
    [InlineData("contoso.onmicrosoft.com", Tenant)]
    [InlineData("common", "{tenantid}")]
    [InlineData("organizations", "{tenantid}")]
    public async Task Both_versions_of_the_metadata_name_the_tenant_and_endpoints_that_answer(string segment, string issuer)
    {
        await using var host = await StartAsync();
        var first = await GetAsync(host, $"/{segment}/.well-known/openid-configuration");
        var second = await GetAsync(host, $"/{segment}/v2.0/.well-known/openid-configuration");
        Assert.Equal($"https://sts.windows.net/{issuer}/", first.GetProperty("issuer").GetString());
        Assert.Equal($"https://{Login}/{issuer}/v2.0", second.GetProperty("issuer").GetString());
        foreach (var document in (JsonElement[])[first, second])
        {
            foreach (var endpoint in (string[])["authorization_endpoint", "token_endpoint", "device_authorization_endpoint", "end_session_endpoint", "jwks_uri"])
            {
                var url = new Uri(document.GetProperty(endpoint).GetString()!);
                var answer = endpoint is "token_endpoint" or "device_authorization_endpoint" ? await PostRawAsync(host, url.AbsolutePath, "") : RawAnswer.Parse(await host.GetAsync(url.Host, url.PathAndQuery));
                Assert.Equal(endpoint is "token_endpoint" or "device_authorization_endpoint" ? 400 : 200, answer.Status);
            }
        }
    }

    [Theory]
    [InlineData("fabrikam.com", 90002, "invalid_tenant")]
    [InlineData("11111111-1111-1111-1111-111111111111", 90002, "invalid_tenant")]
    [InlineData("nonsense", 900023, "invalid_request")]
    public async Task A_tenant_that_does_not_exist_is_an_error_of_every_endpoint(string segment, int code, string error)
    {
        await using var host = await StartAsync();
        foreach (var target in (string[])["/.well-known/openid-configuration", "/v2.0/.well-known/openid-configuration", "/discovery/v2.0/keys", "/oauth2/v2.0/authorize"])
        {
            AssertError(RawAnswer.Parse(await host.GetAsync(Login, "/" + segment + target)), code, error);
        }

        AssertError(await PostRawAsync(host, $"/{segment}/oauth2/token", "grant_type=password"), code, error);
    }

    [Fact]
    public async Task An_organization_that_never_had_a_tenant_is_unknown()
    {
        await using var host = await ExchangeHost.StartAsync(ExchangeHost.Contoso(organization => organization with { Auth = AuthenticationMode.Basic, TenantId = null }));
        AssertError(RawAnswer.Parse(await host.GetAsync(Login, "/contoso.com/.well-known/openid-configuration")), 90002, "invalid_tenant");
    }

    [Fact]
    public async Task The_instances_of_the_cloud_are_those_of_AZSDK()
    {
        await using var host = await StartAsync();
        var document = await GetAsync(host, $"/common/discovery/instance?api-version=1.1&authorization_endpoint={Uri.EscapeDataString($"https://{Login}/{Tenant}/oauth2/v2.0/authorize")}");
        Assert.Equal($"https://{Login}/{Tenant}/v2.0/.well-known/openid-configuration", document.GetProperty("tenant_discovery_endpoint").GetString());
        Assert.Equal(
            ["login.microsoftonline.com", "login.windows.net", "login.microsoft.com", "sts.windows.net"],
            document.GetProperty("metadata")[0].GetProperty("aliases").EnumerateArray().Select(alias => alias.GetString()));
        AssertError(RawAnswer.Parse(await host.GetAsync(Login, "/common/discovery/instance?authorization_endpoint=https%3A%2F%2Flogin.example%2Fcommon%2Foauth2%2Fauthorize")), 50049, "invalid_instance");
    }

    [Theory]
    [InlineData("your@contoso.com", AuthenticationMode.HybridModern, "Managed")]
    [InlineData("your@contoso.com", AuthenticationMode.Adfs, "Federated")]
    [InlineData("your@fabrikam.com", AuthenticationMode.HybridModern, "Unknown")]
    public async Task The_realm_of_a_user_says_where_the_password_is_checked(string user, AuthenticationMode mode, string type)
    {
        // [AADINT]
        await using var host = await ExchangeHost.StartAsync(ExchangeHost.Contoso(organization => organization with { Auth = mode }));
        var first = await GetAsync(host, $"/common/UserRealm/{user}?api-version=1.0");
        var second = await GetAsync(host, $"/common/userrealm/{user}?api-version=2.0");
        Assert.Equal(("1.0", type, "microsoftonline.com"), (first.GetProperty("ver").GetString(), first.GetProperty("account_type").GetString(), first.GetProperty("cloud_instance_name").GetString()));
        Assert.Equal((type, user), (second.GetProperty("NameSpaceType").GetString(), second.GetProperty("Login").GetString()));
        Assert.Equal(type == "Federated", first.TryGetProperty("federation_active_auth_url", out _));
    }

    [Fact]
    public async Task A_code_with_PKCE_gives_tokens_that_the_server_takes_once_and_a_refresh_token_gives_new_ones()
    {
        await using var host = await StartAsync();
        var code = await SignInAsync(host, "Winter-2021");
        var wrong = Form(("grant_type", "authorization_code"), ("client_id", Client), ("code", code), ("redirect_uri", Redirect), ("code_verifier", "wrong"));
        AssertError(await PostRawAsync(host, $"/{Tenant}/oauth2/v2.0/token", wrong), 50148, "invalid_grant");
        var right = Form(("grant_type", "authorization_code"), ("client_id", Client), ("code", code), ("redirect_uri", Redirect), ("code_verifier", Verifier), ("client_info", "1"));
        var tokens = await PostAsync(host, $"/{Tenant}/oauth2/v2.0/token", right);
        AssertError(await PostRawAsync(host, $"/{Tenant}/oauth2/v2.0/token", right), 54005, "invalid_grant");
        Assert.Equal(200, await OptionsAsync(host, tokens));

        var id = new JsonWebToken(tokens.GetProperty("id_token").GetString());
        Assert.Equal(($"https://{Login}/{Tenant}/v2.0", Client, "your@contoso.com", "n-1"), (id.Issuer, id.Audiences.Single(), id.GetClaim("preferred_username").Value, id.GetClaim("nonce").Value));
        using var info = JsonDocument.Parse(Base64UrlEncoder.Decode(tokens.GetProperty("client_info").GetString()));
        Assert.Equal((id.GetClaim("oid").Value, Tenant), (info.RootElement.GetProperty("uid").GetString(), info.RootElement.GetProperty("utid").GetString()));

        host.Time.Advance(TimeSpan.FromHours(2));
        Assert.Equal(401, await OptionsAsync(host, tokens));
        var refreshed = await PostAsync(host, "/common/oauth2/v2.0/token", Form(("grant_type", "refresh_token"), ("client_id", Client), ("refresh_token", tokens.GetProperty("refresh_token").GetString()!)));
        Assert.Equal(200, await OptionsAsync(host, refreshed));
    }

    [Fact]
    public async Task A_wrong_password_keeps_the_person_at_the_form_and_an_old_code_is_of_no_use()
    {
        await using var host = await StartAsync();
        var form = await PostRawAsync(host, "/common/login", Form(("ctx", Query()), ("login", "your@contoso.com"), ("passwd", "wrong")));
        Assert.Equal(200, form.Status);
        Assert.Contains("AADSTS50126", form.Body, StringComparison.Ordinal);
        var code = await SignInAsync(host, "Winter-2021");
        host.Time.Advance(TimeSpan.FromMinutes(11));
        AssertError(
            await PostRawAsync(host, $"/{Tenant}/oauth2/v2.0/token", Form(("grant_type", "authorization_code"), ("client_id", Client), ("code", code), ("redirect_uri", Redirect), ("code_verifier", Verifier))),
            70008,
            "invalid_grant");
    }

    [Fact]
    public async Task A_device_waits_until_someone_types_its_code()
    {
        await using var host = await StartAsync();
        var device = await PostAsync(host, $"/{Tenant}/oauth2/v2.0/devicecode", Form(("client_id", Client), ("scope", Scope)));
        var poll = Form(("grant_type", "urn:ietf:params:oauth:grant-type:device_code"), ("client_id", Client), ("device_code", device.GetProperty("device_code").GetString()!));
        AssertError(await PostRawAsync(host, $"/{Tenant}/oauth2/v2.0/token", poll), 70016, "authorization_pending");
        var page = new Uri(device.GetProperty("verification_uri").GetString()!);
        Assert.Contains("name=\"otc\"", RawAnswer.Parse(await host.GetAsync(page.Host, page.AbsolutePath)).Body, StringComparison.Ordinal);
        await PostRawAsync(host, "/common/oauth2/deviceauth", Form(("otc", device.GetProperty("user_code").GetString()!), ("login", "your@contoso.com"), ("passwd", "Winter-2021")));
        Assert.Equal(200, await OptionsAsync(host, await PostAsync(host, $"/{Tenant}/oauth2/v2.0/token", poll)));
        AssertError(await PostRawAsync(host, $"/{Tenant}/oauth2/v2.0/token", poll), 54005, "invalid_grant");
    }

    [Fact]
    public async Task The_first_version_takes_a_resource_and_writes_numbers_as_texts()
    {
        await using var host = await StartAsync();
        var tokens = await PostAsync(host, "/contoso.com/oauth2/token", Form(("grant_type", "password"), ("client_id", Client), ("resource", "https://mail.contoso.com/"), ("username", "your@contoso.com"), ("password", "Winter-2021")));
        Assert.Equal(("3600", "https://mail.contoso.com/"), (tokens.GetProperty("expires_in").GetString(), tokens.GetProperty("resource").GetString()));
        Assert.Equal(200, await OptionsAsync(host, tokens));
    }

    [Theory]
    [InlineData("your@contoso.com", "wrong", "https://mail.contoso.com/.default", 50126, "invalid_grant")]
    [InlineData("nobody@contoso.com", "Winter-2021", "https://mail.contoso.com/.default", 50034, "invalid_grant")]
    [InlineData("your@contoso.com", "Winter-2021", "https://mail.fabrikam.com/.default", 500011, "invalid_resource")]
    [InlineData("your@contoso.com", "", "https://mail.contoso.com/.default", 900144, "invalid_request")]
    public async Task What_is_wrong_with_a_sign_in_has_a_number(string user, string password, string scope, int code, string error)
    {
        await using var host = await StartAsync();
        AssertError(
            await PostRawAsync(host, $"/{Tenant}/oauth2/v2.0/token", Form(("grant_type", "password"), ("client_id", Client), ("scope", scope), ("username", user), ("password", password))), code, error);
    }

    [Fact]
    public async Task A_token_of_one_tenant_opens_nothing_of_another_and_the_keys_verify_it()
    {
        await using var host = await StartAsync();
        var tokens = await PostAsync(host, $"/{Tenant}/oauth2/v2.0/token", Form(("grant_type", "password"), ("client_id", Client), ("scope", Scope), ("username", "your@contoso.com"), ("password", "Winter-2021")));
        var keys = new JsonWebKeySet(RawAnswer.Parse(await host.GetAsync(Login, $"/{Tenant}/discovery/v2.0/keys")).Body);
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(tokens.GetProperty("access_token").GetString(), new TokenValidationParameters
        {
            IssuerSigningKeys = keys.GetSigningKeys(),
            ValidIssuer = $"https://sts.windows.net/{Tenant}/",
            ValidAudience = "https://mail.contoso.com",
            ValidateLifetime = false,
        });
        Assert.True(result.IsValid, result.Exception?.Message);
        Assert.Equal("your@contoso.com", result.Claims["upn"]);
    }

    private static Task<ExchangeHost> StartAsync() => ExchangeHost.StartAsync(ExchangeHost.Contoso(organization => organization with { Password = "Winter-2021" }));

    private static string Query() => Form(
        ("client_id", Client), ("response_type", "code"), ("redirect_uri", Redirect), ("scope", Scope), ("state", "s&1"), ("nonce", "n-1"),
        ("code_challenge", Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)))), ("code_challenge_method", "S256"));

    /// <summary>Fills in the form that the authorization endpoint shows, as a browser does; gives the code that comes back.</summary>
    private static async Task<string> SignInAsync(ExchangeHost host, string password)
    {
        var page = RawAnswer.Parse(await host.GetAsync(Login, $"/{Tenant}/oauth2/v2.0/authorize?{Query()}"));
        string Field(string pattern) => WebUtility.HtmlDecode(Regex.Match(page.Body, pattern).Groups[1].Value);
        var answer = await PostRawAsync(host, Field("action=\"([^\"]*)\""), Form(("ctx", Field("name=\"ctx\" value=\"([^\"]*)\"")), ("login", "your@contoso.com"), ("passwd", password)));
        Assert.Equal(302, answer.Status);
        var location = answer["Location"].Single();
        Assert.StartsWith(Redirect + "?code=", location, StringComparison.Ordinal);
        Assert.Contains("&state=s%261", location, StringComparison.Ordinal);
        return Uri.UnescapeDataString(Regex.Match(location, "code=([^&]*)").Groups[1].Value);
    }

    private static async Task<int> OptionsAsync(ExchangeHost host, JsonElement tokens) => RawAnswer.Parse(await host.RawAsync(
        $"OPTIONS /Microsoft-Server-ActiveSync HTTP/1.1\r\nHost: mail.contoso.com\r\nAuthorization: Bearer {tokens.GetProperty("access_token").GetString()}\r\nConnection: close\r\n\r\n")).Status;

    private static void AssertError(RawAnswer answer, int code, string error)
    {
        Assert.Equal(400, answer.Status);
        using var document = JsonDocument.Parse(answer.Body);
        var root = document.RootElement;
        Assert.Equal(error, root.GetProperty("error").GetString());
        Assert.Equal(code, root.GetProperty("error_codes")[0].GetInt32());
        Assert.Matches($"^AADSTS{code}: .*\r\nTrace ID: {root.GetProperty("trace_id").GetString()}\r\nCorrelation ID: .*\r\nTimestamp: ", root.GetProperty("error_description").GetString()!);
        Assert.Equal([root.GetProperty("trace_id").GetString()!], answer["x-ms-request-id"]);
    }

    private static async Task<JsonElement> GetAsync(ExchangeHost host, string target) => Read(RawAnswer.Parse(await host.GetAsync(Login, target)));

    private static async Task<JsonElement> PostAsync(ExchangeHost host, string target, string form) => Read(await PostRawAsync(host, target, form));

    private static async Task<RawAnswer> PostRawAsync(ExchangeHost host, string target, string form) => RawAnswer.Parse(await host.RawAsync(
        $"POST {target} HTTP/1.1\r\nHost: {Login}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {form.Length}\r\nConnection: close\r\n\r\n{form}"));

    private static JsonElement Read(RawAnswer answer)
    {
        Assert.True(answer.Status == 200, answer.Body);
        using var document = JsonDocument.Parse(answer.Body);
        return document.RootElement.Clone();
    }

    private static string Form(params (string Name, string Value)[] fields) => string.Join('&', fields.Select(field => $"{field.Name}={Uri.EscapeDataString(field.Value)}"));
}
