using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Certificates.Tests.Issuance;
using AutoDetectSim.Certificates.Validation;
using AutoDetectSim.Tls;
using CsCheck;

namespace AutoDetectSim.Certificates.Tests.Validation;

[Trait("Needs", "tools")]
public sealed class MutationTests
{
    private const int KeyBytes = 91;

    private static readonly Gen<Change> Changes = Gen.Select(Gen.Int[0, 4], Gen.Int[0, 4000], Gen.Byte, (kind, at, value) => new Change(kind, at, value));

    private enum Kind
    {
        Flip,
        Set,
        Insert,
        Remove,
        Repeat,
    }

    [Fact]
    public async Task A_valid_chain_with_changed_bytes_gets_the_verdict_of_a_node_client()
    {
        using var pki = Pki.Create(Pki.Definition(intermediates: 2));
        var chain = pki.Present(ChainShape.ContainsAnchor);
        var valid = chain.Certificates.Select(c => c.Der.ToArray()).ToArray();
        string[] roots = [.. pki.TrustAnchors.Select(a => a.ToPem())];
        var anchors = TrustAnchors.FromPem(roots);
        var validator = new StrictPathValidator();

        await using var node = NodeJudge.Start("node");
        await Gen.Select(Gen.Int[0, valid.Length - 1], Changes.Array[1, 4]).SampleAsync(
            async (index, changes) =>
            {
                var changed = Apply(valid[index], changes, keepKey: index == 0);
                if (changed.Length == 0)
                {
                    return;
                }

                IReadOnlyList<ReadOnlyMemory<byte>> presented = [.. valid.Select((c, i) => (ReadOnlyMemory<byte>)(i == index ? changed : c))];
                var theirs = await node.JudgeAsync(new TlsServerIdentity(presented, chain.PrivateKey), roots, Pki.Host);
                var ours = validator.Validate(presented, anchors, Pki.Host, DateTimeOffset.UtcNow);
                Assert.True(
                    string.Equals(theirs, ours.NodeCode, StringComparison.Ordinal),
                    $"Node says {theirs}, we say {ours.NodeCode} [{string.Join(' ', ours.Trail)}]: certificate {index} = {Convert.ToHexString(changed)}");
            },
            iter: Samples.Of(100),
            threads: 8);
    }

    /// <summary>Changes bytes; the server's own key stays, for without it no handshake could complete.</summary>
    private static byte[] Apply(byte[] certificate, Change[] changes, bool keepKey)
    {
        var changed = certificate.ToList();
        var key = keepKey ? certificate.AsSpan().IndexOf(Convert.FromHexString("301306072A8648CE3D020106082A8648CE3D030107")) : -1;
        foreach (var (kind, place, value) in changes)
        {
            if (changed.Count == 0)
            {
                break;
            }

            var at = place % changed.Count;
            if (key >= 0 && at > key - 8 && at < key + KeyBytes + 8)
            {
                continue;
            }

            switch ((Kind)kind)
            {
                case Kind.Flip:
                    changed[at] ^= (byte)(1 << (value & 7));
                    break;
                case Kind.Set:
                    changed[at] = value;
                    break;
                case Kind.Insert:
                    changed.Insert(at, value);
                    key += key >= 0 && at < key ? 1 : 0;
                    break;
                case Kind.Remove:
                    changed.RemoveAt(at);
                    key -= key >= 0 && at < key ? 1 : 0;
                    break;
                default:
                    changed[at] = changed[(at + 1) % changed.Count];
                    break;
            }
        }

        return [.. changed];
    }

    private readonly record struct Change(int Kind, int At, byte Value);
}
