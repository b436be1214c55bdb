using AutoDetectSim.AutoDetect.Answers;
using AutoDetectSim.AutoDetect.Pipeline;
using AutoDetectSim.Protocols;

namespace AutoDetectSim.AutoDetect;

/// <summary>What a detection found, kept for other addresses of the domain.</summary>
internal sealed class CachedDetection(DetectionRun run)
{
    private readonly string _address = run.Email.Text;
    private readonly IReadOnlyList<ProtocolEntry> _protocols = run.Protocols;

    public IReadOnlyList<ServiceEntry> Services { get; } = run.Services;

    public string? ProviderId { get; } = run.ProviderId;

    /// <summary>The servers; where the user name was the address, it is that of <paramref name="email"/>.</summary>
    public IReadOnlyList<ProtocolEntry> ProtocolsFor(EmailAddress email) =>
    [
        .. _protocols.Select(entry => string.Equals(entry.Username, _address, StringComparison.Ordinal) ? entry with { Username = email.Text } : entry),
    ];
}
