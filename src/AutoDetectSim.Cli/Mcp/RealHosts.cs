using AutoDetectSim.Certificates.Validation;
using AutoDetectSim.Cli.Check;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Diagnosis.Checking;

namespace AutoDetectSim.Cli.Mcp;

/// <summary>Whether the person who started the server lets the assistant check real hosts, and by which roots.</summary>
internal sealed class RealHosts
{
    private readonly TrustAnchors? _anchors;

    private RealHosts(TrustAnchors? anchors) => _anchors = anchors;

    /// <summary>Whether real hosts may be checked.</summary>
    public bool AreAllowed => _anchors is not null;

    /// <summary>Reads the command line.</summary>
    /// <exception cref="InputException">The file of roots is not there or not valid.</exception>
    public static RealHosts Of(bool live, FileInfo? roots) =>
        new(!live ? null : roots is null ? CheckPlaceOptions.LoadBundle() : PemRoots.Load(roots.FullName));

    /// <summary>The real world.</summary>
    /// <exception cref="InputException">The server was started without <c>--live</c>.</exception>
    public CheckEnvironment Open() => _anchors is { } anchors
        ? CheckPlaceOptions.Live(anchors, server: null, privateIssuers: false)
        : throw new InputException("This server only contacts its own labs, because it was started without --live. Only the person who starts it can change that: autodetectsim mcp --live.");
}
