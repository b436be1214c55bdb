using AutoDetectSim.AutoDetect.Answers;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Tests.AutoDetect;

/// <summary>X-Feedback-Token as a Node.js program checks it.</summary>
[Trait("Needs", "tools")]
public sealed class NodeTokenTests
{
    private const string Key = "a key of the scenario, 32 bytes at least";

    // RFC 7515 5.2 with nothing but Node's own crypto module.
    private const string Program =
        """
        const [token, key] = process.argv.slice(1);
        const parts = token.split('.');
        const expected = require('crypto').createHmac('sha256', key).update(parts[0] + '.' + parts[1]).digest('base64url');
        const claims = JSON.parse(Buffer.from(parts[1], 'base64url'));
        console.log(expected === parts[2], Object.keys(claims).join(' '), claims.exp - claims.iat);
        """;

    [Theory]
    [InlineData(Edition.Node2021, "true d pI s p pT iat exp 3600")]
    [InlineData(Edition.Kestrel2025, "true D PI S P PT exp iat 3600")]
    public async Task Node_agrees_with_the_signature_and_reads_the_claims_in_order(Edition edition, string expected)
    {
        using var harness = new DetectionHarness(FakeNetwork.HybridContoso(), new AutoDetectDefinition { FeedbackKey = Key }, edition);
        var token = FeedbackToken.Render(await harness.DetectAsync(), harness.Service.FeedbackKey);
        var node = await Tool.RunAsync("node", ["-e", Program, token, Key]);
        Assert.Equal(expected, node.Output.Trim());
    }
}
