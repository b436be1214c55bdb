using System.Globalization;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Tls;

namespace AutoDetectSim.Network.Faults;

/// <summary>Faults that depend on the ClientHello: devices that reset one that is too long, that they do not know, or that does not come in one piece.</summary>
internal static class HelloFault
{
    /// <summary>What one TCP segment carries over Ethernet.</summary>
    public const int SegmentLength = 1460;

    /// <summary>Whether a fault depends on the ClientHello.</summary>
    public static bool Is(TransportFault fault) => fault is TransportFault.ResetLargeHello or TransportFault.ResetMlKemHello or TransportFault.ResetSplitHello;

    /// <summary>Whether a fault affects the connection that begins with a ClientHello. Loopback does not cut it into segments, so its length counts as well.</summary>
    public static bool Hits(ConnectionFault fault, TlsClientHello hello) => fault.Kind switch
    {
        TransportFault.ResetLargeHello => hello.Length > LimitOf(fault),
        TransportFault.ResetMlKemHello => hello.OffersMlKem,
        TransportFault.ResetSplitHello => hello.Length > SegmentLength || hello.FirstReadLength < hello.Length,
        _ => false,
    };

    /// <summary>What a fault does to a client that it affects, in a sentence.</summary>
    /// <param name="fault">The fault.</param>
    /// <param name="owner">The node or load balancer that has it.</param>
    public static string Sentence(ConnectionFault fault, string owner) => fault.Kind switch
    {
        TransportFault.ResetLargeHello => string.Create(CultureInfo.InvariantCulture, $"{owner} resets connections whose ClientHello has more than {LimitOf(fault):N0} bytes."),
        TransportFault.ResetMlKemHello => $"{owner} resets connections whose ClientHello offers ML-KEM.",
        _ => $"{owner} resets connections whose ClientHello does not arrive in one TCP segment.",
    };

    private static int LimitOf(ConnectionFault fault) => fault.HelloLimit ?? SegmentLength;
}
