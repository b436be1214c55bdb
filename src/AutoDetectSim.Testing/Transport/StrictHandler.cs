using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace AutoDetectSim.Testing.Transport;

/// <summary>Creates HTTP handlers that validate a node's chain like AutoDetect, whatever the operating system trusts.</summary>
internal static class StrictHandler
{
    public static SocketsHttpHandler Create(Lab lab, Func<SocketsHttpConnectionContext, CancellationToken, ValueTask<Stream>> connect) => new()
    {
        UseProxy = false,
        ConnectCallback = connect,
        SslOptions = new SslClientAuthenticationOptions
        {
            // The platform builds a chain before the callback is asked: with no root and no download it reads and keeps nothing.
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
                DisableCertificateDownloads = true,
            },
            RemoteCertificateValidationCallback = (sender, leaf, chain, _) => Judge(lab, sender, leaf, chain),
        },
    };

#pragma warning disable RS0030 // The platform hands over in these types what was presented, and to whom; neither decides anything.
    private static bool Judge(Lab lab, object sender, X509Certificate? leaf, X509Chain? chain)
    {
        if (leaf is null)
        {
            throw new AuthenticationException("The server presented no certificate.");
        }

        var host = (sender as SslStream)?.TargetHostName;
        List<ReadOnlyMemory<byte>> presented = [leaf.GetRawCertData()];
        foreach (var other in chain?.ChainPolicy.ExtraStore ?? [])
        {
            if (!other.RawDataMemory.Span.SequenceEqual(presented[0].Span))
            {
                presented.Add(other.RawDataMemory.ToArray());
            }
        }

        var verdict = lab.Validator.Validate(presented, lab.Anchors, string.IsNullOrEmpty(host) ? null : host, lab.Options.TimeProvider.GetUtcNow());
        return verdict.Accepted ? true : throw new AuthenticationException($"{verdict.NodeCode}: {verdict.Explanation}");
    }
#pragma warning restore RS0030
}
