using AutoDetectSim.Certificates.Tests.Validation.Generation;
using AutoDetectSim.Certificates.Validation;

namespace AutoDetectSim.Certificates.Tests.Validation;

[Trait("Needs", "tools")]
public sealed class RootsByVersionTests
{
    [Theory]
    [InlineData(NodeVersion.Node20, "ERROR_IN_CERT_NOT_AFTER_FIELD")]
    [InlineData(NodeVersion.Node24, "UNABLE_TO_VERIFY_LEAF_SIGNATURE")]
    public async Task A_root_that_Node_cannot_decode_is_not_trusted_by_it(NodeVersion version, string expected)
    {
        var plan = new ChainPlan(new Random(1), DateTimeOffset.UtcNow, 0);
        plan.Root.NotAfter = (0x17, "4912312359Z");
        var @case = plan.Build("a time without seconds");
        await using var node = NodeJudge.Start(version == NodeVersion.Node24 ? await Node24.ProgramAsync() : "node");

        var ours = new StrictPathValidator(version).Validate([.. @case.Presented.Take(1).Select(presented => (ReadOnlyMemory<byte>)presented)], TrustAnchors.FromPem(@case.Roots), @case.Host, DateTimeOffset.UtcNow);

        Assert.Equal((expected, expected), (await node.JudgeAsync(@case with { Presented = [.. @case.Presented.Take(1)] }), ours.NodeCode));
    }
}
