using System.Collections.Concurrent;
using System.Text;
using AutoDetectSim.Tls.Cryptography;

namespace AutoDetectSim.Tls.Engine;

/// <summary>The padding extension (RFC 7685) that brings a ClientHello to a length.</summary>
internal static class HelloPadding
{
    private const int ExtensionHeaderLength = 4;

    // All that the length of a ClientHello depends on.
    private static readonly ConcurrentDictionary<(int Name, TlsVersions Versions, int Protocols, bool OffersMlKem), int> Lengths = new();

    /// <summary>The length of the extension's zeros, or null where there is nothing to pad. No extension is shorter than its header, so up to three bytes more are sent than were asked for.</summary>
    internal static int? Of(TlsClientSettings settings)
    {
        if (settings.PaddedHelloLength is not { } wanted)
        {
            return null;
        }

        var key = (
            ClientPeer.SniName(settings)?.Length ?? -1,
            settings.Versions & TlsVersions.All,
            settings.ApplicationProtocols.Sum(name => 1 + Encoding.UTF8.GetByteCount(name)),
            settings.OffersMlKem);
        var missing = wanted - Lengths.GetOrAdd(key, static (_, own) => Measure(own), settings);
        return missing > 0 ? Math.Max(0, missing - ExtensionHeaderLength) : null;
    }

    private static int Measure(TlsClientSettings settings)
    {
        using var crypto = new NativeTlsCrypto(keyLog: null);
        var transcript = new HandshakeTranscript();
        var engine = new ClientEngine(transcript);
        engine.Connect(new ClientPeer(crypto, settings, transcript, padding: null));
        return engine.GetAvailableOutputBytes();
    }
}
