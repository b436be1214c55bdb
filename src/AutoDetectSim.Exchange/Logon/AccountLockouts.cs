using System.Collections.Concurrent;
using AutoDetectSim.Protocols;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Exchange.Logon;

/// <summary>
/// Counts wrong passwords as Active Directory does: so many of them within the window lock an account, for every way to log on
/// with a password and from any sender. It outlives changes of the lab.
/// </summary>
internal sealed class AccountLockouts(TimeProvider time)
{
    private const int MaximumAccounts = 10_000;

    private readonly ConcurrentDictionary<string, Account> _accounts = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether an account is locked now.</summary>
    public bool IsLocked(EmailAddress mailbox, LockoutDefinition? policy)
    {
        if (policy is null || !_accounts.TryGetValue(mailbox.Text, out var account))
        {
            return false;
        }

        lock (account)
        {
            return account.LockedAt is { } since && (policy.Duration == TimeSpan.Zero || time.GetUtcNow() - since < policy.Duration);
        }
    }

    /// <summary>Counts a wrong password.</summary>
    public void Failed(EmailAddress mailbox, LockoutDefinition? policy)
    {
        if (policy is null || (_accounts.Count >= MaximumAccounts && !_accounts.ContainsKey(mailbox.Text)))
        {
            return;
        }

        var account = _accounts.GetOrAdd(mailbox.Text, static _ => new Account());
        var now = time.GetUtcNow();
        lock (account)
        {
            account.Failures = now - account.FailedAt > policy.Window ? 1 : account.Failures + 1;
            account.FailedAt = now;
            account.LockedAt = account.Failures >= policy.Threshold ? now : null;
        }
    }

    /// <summary>Forgets the wrong passwords of an account after the right one, or when it is unlocked.</summary>
    public void Forget(string mailbox) => _accounts.TryRemove(mailbox, out _);

    /// <summary>Unlocks every account.</summary>
    public void Clear() => _accounts.Clear();

    private sealed class Account
    {
        public int Failures { get; set; }

        public DateTimeOffset FailedAt { get; set; } = DateTimeOffset.MinValue;

        public DateTimeOffset? LockedAt { get; set; }
    }
}
