using System.Text.Json;
using AutoDetectSim.Certificates.Issuance;

namespace AutoDetectSim.Certificates.Tests.Issuance;

/// <summary>Real handshakes of a real Node.js client with a server that presents a chain.</summary>
internal static class NodeClient
{
    public sealed record Handshake(string Chain, string Key, IReadOnlyList<string> Ca, string Host);

    public static Handshake Of(LabPki pki, PresentedChain chain, string host = Pki.Host) => new(
        chain.ToPem(), chain.PrivateKey.ExportPkcs8PrivateKeyPem(), [.. pki.TrustAnchors.Select(anchor => anchor.ToPem())], host);

    public static async Task<IReadOnlyList<string>> Run(IReadOnlyList<Handshake> handshakes)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "Issuance", "handshakes.js");
        var result = await Tool.Run("node", [script], JsonSerializer.Serialize(handshakes, JsonSerializerOptions.Web));
        Assert.True(result.ExitCode == 0, result.Error);
        return JsonSerializer.Deserialize<string[]>(result.Output)!;
    }
}
