using AutoDetectSim.Certificates.Validation;
using AutoDetectSim.Tls;

namespace AutoDetectSim.Certificates.Tests.Validation;

[Trait("Needs", "tools")]
public sealed class ResultTests
{
    [Fact]
    public async Task Every_result_comes_from_a_real_handshake_and_a_node_client_says_the_same()
    {
        await using var node20 = NodeJudge.Start("node");
        await using var node24 = NodeJudge.Start(await Node24.ProgramAsync());
        var wrong = new List<string>();
        foreach (var code in ResultCases.Codes)
        {
            // Two results are those of newer versions alone.
            var isNewer = code is ValidationCode.SslUtcTimeIsTooShort or ValidationCode.SslGeneralizedTimeIsTooShort;
            var validator = new StrictPathValidator(isNewer ? NodeVersion.Node24 : NodeVersion.Node20);
            var node = isNewer ? node24 : node20;
            var @case = ResultCases.Make(code, DateTimeOffset.UtcNow);
            using var key = @case.ServerKey.ToAlgorithm();
            IReadOnlyList<ReadOnlyMemory<byte>> presented = [.. @case.Presented.Select(p => (ReadOnlyMemory<byte>)p)];
            var theirs = await node.JudgeAsync(new TlsServerIdentity(presented, key), @case.Roots, @case.Host);
            var ours = validator.Validate(presented, TrustAnchors.FromPem(@case.Roots), @case.Host, DateTimeOffset.UtcNow);
            var isIt = ResultCases.IsOnlyInTrail(code) ? ours.Code != code && ours.Trail.Any(e => e.Code == code) : ours.Code == code;
            if (!isIt || !string.Equals(theirs, ours.NodeCode, StringComparison.Ordinal))
            {
                wrong.Add($"{code}: Node says {theirs}, we say {ours.NodeCode} ({ours.Code}) [{string.Join(' ', ours.Trail)}]");
            }
        }

        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
        Assert.Equal(Enum.GetValues<ValidationCode>().Order(), ResultCases.Codes.Order());
    }
}
