using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using AutoDetectSim.Protocols.Randomness;
using Microsoft.IdentityModel.Tokens;

namespace AutoDetectSim.Exchange.Logon;

/// <summary>
/// The key with which the lab's login endpoint signs tokens, and what it publishes of it. The key is made when it is first needed, once for all labs of the
/// process, as Entra's keys are the same for all tenants: making one takes longer than everything else at the start of a lab.
/// </summary>
/// <param name="seed">The scenario's seed.</param>
/// <param name="known">The key, which exists already; null: it is made.</param>
internal sealed class EntraKeys(int seed, RSA? known = null) : IDisposable
{
    private const int KeySize = 2048;

    private static readonly Lazy<RSAParameters> OfThisProcess = new(() =>
    {
        using var made = RSA.Create(KeySize);
        return made.ExportParameters(includePrivateParameters: true);
    });

    private readonly Lazy<RSA> _key = new(() => known ?? RSA.Create(OfThisProcess.Value));

    /// <summary>The name of the key.</summary>
    public string Id { get; } = new Seed(seed).GuidOf("entra", "signing key").ToString("N");

    /// <summary>The key, for signing.</summary>
    public SecurityKey Signing => new RsaSecurityKey(_key.Value) { KeyId = Id, CryptoProviderFactory = NotShared };

    /// <summary>Keeps nothing of a key beyond the lab that it belongs to.</summary>
    public static CryptoProviderFactory NotShared { get; } = new() { CacheSignatureProviders = false };

    /// <summary>What is published (RFC 7517).</summary>
    public string Document
    {
        get
        {
            var key = _key.Value.ExportParameters(includePrivateParameters: false);
            return JsonSerializer.Serialize(new JsonObject
            {
                ["keys"] = new JsonArray(new JsonObject
                {
                    ["kty"] = "RSA",
                    ["use"] = "sig",
                    ["kid"] = Id,
                    ["n"] = Base64UrlEncoder.Encode(key.Modulus),
                    ["e"] = Base64UrlEncoder.Encode(key.Exponent),
                }),
            });
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (_key.IsValueCreated)
        {
            _key.Value.Dispose();
        }
    }
}
