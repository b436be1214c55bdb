using AutoDetectSim.Protocols.Http;
using CsCheck;

namespace AutoDetectSim.Protocols.Tests.Http;

/// <summary>RFC 9110 11.6.1, and the variants A to F of docs/evidence.md.</summary>
public sealed class WwwAuthenticateTests
{
    private const string Uri = "https://login.windows.net/common/oauth2/authorize";

    [Fact]
    public void Two_challenges_may_share_one_field_line()
    {
        // Variant C [SLIDES].
        var challenges = Parse($"Bearer client_id=\"00000002-0000-0ff1-ce00-000000000000\", trusted_issuers=\"00000001-0000-0000-c000-000000000000@*\", token_types=\"a b\", authorization_uri=\"{Uri}\", Basic Realm=\"\"");
        Assert.Equal(["Bearer", "Basic"], challenges.Select(challenge => challenge.Scheme));
        Assert.Equal(Uri, challenges[0].Parameter("authorization_uri"));
        Assert.Equal("", challenges[1].Parameter("realm"));
    }

    [Fact]
    public void Commas_within_quotation_marks_divide_nothing()
    {
        // Variant A has two trusted issuers, which misled a probe that counted commas [S-PROBE-OLD].
        var challenge = Assert.Single(Parse($"Bearer client_id=\"c\", trusted_issuers=\"a@b,d@e\", authorization_uri=\"{Uri}\""));
        Assert.Equal("a@b,d@e", challenge.Parameter("trusted_issuers"));
        Assert.Equal(Uri, challenge.Parameter("authorization_uri"));
    }

    [Theory]
    [InlineData("Negotiate", "Negotiate")]
    [InlineData("Negotiate, NTLM, Basic realm=\"x\"", "Negotiate NTLM Basic")]
    [InlineData("Basic realm=\"x\", Bearer", "Basic Bearer")]
    [InlineData("Basic realm=\"x\" Bearer authorization_uri=\"y\"", "Basic Bearer")]
    [InlineData("Negotiate YII=, Basic realm=\"x\"", "Negotiate Basic")]
    [InlineData("Negotiate a/b+c, Basic realm=\"x\"", "Negotiate Basic")]
    [InlineData(" , ,BEARER realm = x ,,basic", "BEARER basic")]
    [InlineData("realm=\"x\", Basic", "Basic")]
    [InlineData("Bearer error=, Basic", "Bearer Basic")]
    [InlineData("@@@, Basic", "Basic")]
    [InlineData("Bearer realm=\"never ends", "Bearer")]
    [InlineData("", "")]
    public void Schemes_are_told_from_parameters(string line, string schemes) =>
        Assert.Equal(schemes, string.Join(' ', Parse(line).Select(challenge => challenge.Scheme)));

    [Fact]
    public void Quoted_pairs_are_undone() => Assert.Equal("a\"b\\c", Assert.Single(Parse("Basic realm=\"a\\\"b\\\\c\"")).Parameter("realm"));

    [Fact]
    public void What_is_written_is_read_however_challenges_are_spread_over_lines()
    {
        var token = Gen.Char["abcdefghijklmnopqrstuvwxyz-_"].Array[1, 8].Select(characters => new string(characters));
        var text = Gen.Char[' ', '~'].Array[0, 12].Select(characters => new string(characters));
        var challenge = Gen.Select(token, Gen.Select(token, text).Array[1, 4]);
        Gen.Select(challenge.Array[1, 4], Gen.Bool).Sample((written, oneLine) =>
        {
            var lines = written.Select(item => item.Item1 + " " + string.Join(", ", item.Item2.Select(parameter =>
                $"{parameter.Item1}=\"{parameter.Item2.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\""))).ToArray();
            var read = Parse(oneLine ? [string.Join(", ", lines)] : lines);
            Assert.Equal(written.Select(item => item.Item1), read.Select(item => item.Scheme));
            Assert.Equal(
                written.SelectMany(item => item.Item2).Select(parameter => parameter.Item1 + "=" + parameter.Item2),
                read.SelectMany(item => item.Parameters).Select(parameter => parameter.Key + "=" + parameter.Value));
        }, iter: Samples.Of(100));
    }

    [Fact]
    public void No_text_makes_it_throw_or_hang() => Gen.String[Gen.Char["Bba \t,=\"\\/+~é"], 0, 60].Sample(text => Parse(text).Count <= 32, iter: Samples.Of(100));

    private static IReadOnlyList<AuthenticationChallenge> Parse(params string[] lines) => WwwAuthenticate.Parse(lines);
}
