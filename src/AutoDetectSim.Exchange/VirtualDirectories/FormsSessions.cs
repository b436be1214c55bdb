using System.Collections.Concurrent;
using AutoDetectSim.Protocols;
using AutoDetectSim.Protocols.Randomness;

namespace AutoDetectSim.Exchange.VirtualDirectories;

/// <summary>Who has logged on with the form, by the cookie that the form gave. It outlives changes of the lab.</summary>
internal sealed class FormsSessions(SeededStream random)
{
    /// <summary>The cookies of forms-based authentication; the first one says who it is.</summary>
    public static IReadOnlyList<string> Cookies { get; } = ["cadata", "cadataTTL", "cadataKey", "cadataIV", "cadataSig"];

    private const int MaximumSessions = 10_000;

    private readonly ConcurrentDictionary<string, EmailAddress> _owners = new(StringComparer.Ordinal);

    /// <summary>Begins a session, and gives its cookie. Sessions beyond ten thousand begin where all others have ended.</summary>
    public string Begin(EmailAddress mailbox)
    {
        if (_owners.Count >= MaximumSessions)
        {
            _owners.Clear();
        }

        var cookie = Convert.ToBase64String(random.NextGuid().ToByteArray());
        _owners[cookie] = mailbox;
        return cookie;
    }

    /// <summary>The owner of a session, or null.</summary>
    public EmailAddress? Find(string? cookie) => cookie is null ? null : _owners.GetValueOrDefault(cookie);

    /// <summary>Ends all sessions.</summary>
    public void Clear() => _owners.Clear();
}
