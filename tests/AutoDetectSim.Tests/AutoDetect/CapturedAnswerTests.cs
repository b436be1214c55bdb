using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AutoDetectSim.AutoDetect;
using AutoDetectSim.AutoDetect.Answers;
using AutoDetectSim.Scenarios;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace AutoDetectSim.Tests.AutoDetect;

/// <summary>Answers whose octets were captured ([CAP2025], [SEED]).</summary>
public sealed class CapturedAnswerTests
{
    private const string ImapUrl = "imaps://imapgms.jnet.sei.co.jp:993";
    private const string SmtpUrl = "smtps://smtpgms.jnet.sei.co.jp:465";

    [Fact]
    public async Task CAP2025_body_has_six_members_per_protocol_and_imap_first()
    {
        var (detection, _) = await DetectExampleComAsync();
        Assert.Equal(
            """{"email":"email@example.com","services":[],"protocols":[{"protocol":"imap","hostname":"imapgms.jnet.sei.co.jp","port":993,"encryption":"ssl","username":"email@example.com","validated":false},{"protocol":"smtp","hostname":"smtpgms.jnet.sei.co.jp","port":465,"encryption":"ssl","username":"email@example.com","validated":false}]}""",
            DetectionHarness.Body(detection));
        Assert.Equal("ENOTFOUND", detection.AutoDv2Error);
        Assert.Equal("seeatest", detection.ProviderId);
        Assert.Equal(Outcome.ImapSetup, DetectionHarness.Outcome(detection));
    }

    [Fact]
    public async Task CAP2025_debug_header_decodes_to_the_captured_record()
    {
        var (detection, _) = await DetectExampleComAsync();
        const string Expected =
            """{"decision":"autoDv2 > autoDv1 > fixed db provider > fixed db domain protocols > db provider > db domain protocols","autoD":{"v2":null,"v1":null},"db":{"provider":{"DomainId":null,"Id":"seeatest","Service":null,"Protocols":[{"protocol":"smtp","Domain":null,"Hostname":"smtpgms.jnet.sei.co.jp","Port":465,"Encryption":"Ssl","IsCrowdsourced":null,"Feedbacks":null,"Insecure":null,"Secure":"True","Username":"{email}","Validated":false,"Autodiscover":null,"Aad":null},{"protocol":"imap","Domain":null,"Hostname":"imapgms.jnet.sei.co.jp","Port":993,"Encryption":"Ssl","IsCrowdsourced":null,"Feedbacks":null,"Insecure":null,"Secure":"True","Username":"{email}","Validated":false,"Autodiscover":null,"Aad":null}],"CreatedAt":"2020-02-03T05:31:23.2980248","UpdatedAt":"2020-02-03T09:12:59.024587","Predicates":null,"AutoDv2Endpoint":null,"Comment":null,"Feedbacks":null,"IsCrowdsourced":false},"domain":{"fixed":false,"autoDv2Endpoint":null,"providerId":"seeatest","protocols":null}}}""";
        Assert.Equal(Expected, Encoding.UTF8.GetString(Convert.FromBase64String(DebugSupport.Render(detection))));
    }

    [Fact]
    public async Task CAP2025_token_has_the_captured_header_and_claims()
    {
        var (detection, key) = await DetectExampleComAsync();
        var parts = FeedbackToken.Render(detection, key).Split('.');
        Assert.Equal("""{"typ":"JWT","alg":"HS256"}""", Base64UrlEncoder.Decode(parts[0]));
        Assert.Equal(
            "{\"D\":\"example.com\",\"PI\":\"seeatest\",\"S\":[],\"P\":[\"" + ImapUrl + "\",\"" + SmtpUrl + "\"],\"PT\":\"imap smtp\",\"exp\":1765233178,\"iat\":1765229578}",
            Base64UrlEncoder.Decode(parts[1]));
    }

    [Fact]
    public async Task SEED_token_begins_with_its_algorithm_and_has_lower_case_claims()
    {
        using var harness = new DetectionHarness(FakeNetwork.HybridContoso(Reply.Failed("UNABLE_TO_VERIFY_LEAF_SIGNATURE")));
        var parts = FeedbackToken.Render(await harness.DetectAsync(), harness.Service.FeedbackKey).Split('.');
        Assert.StartsWith("{\"alg\":", Base64UrlEncoder.Decode(parts[0]), StringComparison.Ordinal);
        Assert.StartsWith("{\"d\":\"contoso.com\",\"pI\":null,\"s\":[],\"", Base64UrlEncoder.Decode(parts[1]), StringComparison.Ordinal);
        using var claims = JsonDocument.Parse(Base64UrlEncoder.Decode(parts[1]));
        Assert.Equal(FeedbackToken.Lifetime, claims.RootElement.GetProperty("exp").GetInt64() - claims.RootElement.GetProperty("iat").GetInt64());
    }

    [Theory]
    [InlineData(Edition.Node2021)]
    [InlineData(Edition.Kestrel2025)]
    public async Task The_token_verifies_with_the_scenarios_key_and_with_no_other(Edition edition)
    {
        using var harness = new DetectionHarness(FakeNetwork.HybridContoso(), new AutoDetectDefinition { FeedbackKey = "a key of the scenario, 32 bytes at least" }, edition);
        var token = FeedbackToken.Render(await harness.DetectAsync(), harness.Service.FeedbackKey);
        Assert.True(await VerifiesAsync(token, "a key of the scenario, 32 bytes at least"u8.ToArray()));
        Assert.False(await VerifiesAsync(token, "another key that is as long as needed.."u8.ToArray()));

        // The same by hand: HMAC-SHA-256 of the first two parts (RFC 7515 5.1).
        var parts = token.Split('.');
        var signature = HMACSHA256.HashData("a key of the scenario, 32 bytes at least"u8, Encoding.ASCII.GetBytes(parts[0] + "." + parts[1]));
        Assert.Equal(Base64UrlEncoder.Encode(signature), parts[2]);
    }

    [Fact]
    public async Task Labs_with_different_seeds_have_different_keys()
    {
        using var one = new DetectionHarness(FakeNetwork.HybridContoso(), seed: 1);
        using var two = new DetectionHarness(FakeNetwork.HybridContoso(), seed: 2);
        var token = FeedbackToken.Render(await one.DetectAsync(), one.Service.FeedbackKey);
        Assert.True(await VerifiesAsync(token, one.Service.FeedbackKey.Bytes.ToArray()));
        Assert.False(await VerifiesAsync(token, two.Service.FeedbackKey.Bytes.ToArray()));
    }

    [Fact]
    public async Task SEED_debug_header_begins_with_the_captured_letters_and_has_the_captured_chain()
    {
        using var harness = new DetectionHarness(FakeNetwork.HybridContoso(Reply.Failed("UNABLE_TO_VERIFY_LEAF_SIGNATURE")));
        var header = DebugSupport.Render(await harness.DetectAsync());
        Assert.StartsWith("eyJkZWNpc2lvbiI6ImF1", header, StringComparison.Ordinal);
        Assert.Contains("ed db provider > fixed db domain", Encoding.UTF8.GetString(Convert.FromBase64String(header)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SEED_answer_for_an_address_of_23_characters_has_64_octets()
    {
        using var harness = new DetectionHarness(FakeNetwork.HybridContoso(Reply.Failed("UNABLE_TO_VERIFY_LEAF_SIGNATURE")));
        var detection = await harness.DetectAsync("abcdefghijk@contoso.com");
        Assert.Equal(64, AnswerBody.Render(detection).Length);
    }

    private static async Task<(Detection Detection, FeedbackKey Key)> DetectExampleComAsync()
    {
        using var harness = new DetectionHarness(Captures.WithoutExampleCom(), Captures.ExampleCom, Edition.Kestrel2025);
        harness.Time.SetUtcNow(new DateTimeOffset(2025, 12, 8, 21, 32, 55, TimeSpan.Zero));
        return (await harness.DetectAsync("email@example.com", "?app=outlookdesktopBasic"), harness.Service.FeedbackKey);
    }

    private static async Task<bool> VerifiesAsync(string token, byte[] key)
    {
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters
        {
            IssuerSigningKey = new SymmetricSecurityKey(key),
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            ValidateAudience = false,
            ValidateIssuer = false,
            ValidateLifetime = false,
        });
        return result.IsValid;
    }
}
