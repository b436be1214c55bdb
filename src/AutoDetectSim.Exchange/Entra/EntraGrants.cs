using AutoDetectSim.Protocols.Randomness;

namespace AutoDetectSim.Exchange.Entra;

/// <summary>What Entra has given out and takes back once: authorization codes, device codes, refresh tokens. It outlives changes of the lab.</summary>
internal sealed class EntraGrants(SeededStream random, TimeProvider time)
{
    private const int MaximumGrants = 10_000;

    // No vowels, and no letters that look like digits.
    private const string CodeLetters = "BCDFGHJKLMNPQRSTVWXZ23456789";
    private const int CodeLength = 9;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, EntraGrant> _grants = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = [];

    /// <summary>Keeps a grant under a new secret, and gives the secret. The oldest of ten thousand is forgotten for it.</summary>
    public string Add(EntraGrant grant, TimeSpan lifetime)
    {
        lock (_gate)
        {
            var secret = $"0.{Convert.ToBase64String([.. random.NextGuid().ToByteArray(), .. random.NextGuid().ToByteArray()]).TrimEnd('=').Replace('+', '-').Replace('/', '_')}";
            while (_grants.Count >= MaximumGrants && _order.TryDequeue(out var oldest))
            {
                _grants.Remove(oldest);
            }

            _grants[secret] = grant with { ExpiresAt = time.GetUtcNow() + lifetime };
            _order.Enqueue(secret);
            return secret;
        }
    }

    /// <summary>A new code that a person types.</summary>
    public string NewUserCode()
    {
        lock (_gate)
        {
            return string.Concat(Enumerable.Range(0, CodeLength).Select(_ => CodeLetters[random.Next(CodeLetters.Length)]));
        }
    }

    /// <summary>The grant of a secret, or null.</summary>
    public EntraGrant? Find(string? secret)
    {
        lock (_gate)
        {
            return secret is null ? null : _grants.GetValueOrDefault(secret);
        }
    }

    /// <summary>Whether a grant is too old.</summary>
    public bool IsExpired(EntraGrant grant) => grant.ExpiresAt <= time.GetUtcNow();

    /// <summary>Marks a grant as used; false if it has been used before.</summary>
    public bool Redeem(string secret)
    {
        lock (_gate)
        {
            if (!_grants.TryGetValue(secret, out var grant) || grant.IsRedeemed)
            {
                return false;
            }

            _grants[secret] = grant with { IsRedeemed = true };
            return true;
        }
    }

    /// <summary>Signs a user in on the device that shows a code; false if none does.</summary>
    public bool Approve(string userCode, EntraUser user)
    {
        lock (_gate)
        {
            foreach (var (secret, grant) in _grants)
            {
                if (grant.UserCode is { } code && code.Equals(userCode.Trim(), StringComparison.OrdinalIgnoreCase) && !IsExpired(grant) && !grant.IsRedeemed)
                {
                    _grants[secret] = grant with { User = user };
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _grants.Clear();
            _order.Clear();
        }
    }
}

/// <summary>Something that Entra has given out.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="ClientId">The application that it was given to.</param>
/// <param name="Scope">What the application asked for.</param>
internal sealed record EntraGrant(EntraGrantKind Kind, string ClientId, EntraScope Scope)
{
    /// <summary>Who has signed in; null until someone has.</summary>
    public EntraUser? User { get; init; }

    public string? RedirectUri { get; init; }

    /// <summary>The challenge of PKCE (RFC 7636), or null.</summary>
    public string? Challenge { get; init; }

    /// <summary>Whether the challenge is the hash of the verifier.</summary>
    public bool IsHashed { get; init; }

    public string? Nonce { get; init; }

    /// <summary>The code that a person types for a device.</summary>
    public string? UserCode { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    public bool IsRedeemed { get; init; }
}

/// <summary>The kinds of grants.</summary>
internal enum EntraGrantKind
{
    AuthorizationCode,
    DeviceCode,
    RefreshToken,
}
