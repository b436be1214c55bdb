using AutoDetectSim.Certificates.Validation;

namespace AutoDetectSim.Certificates.Clients;

/// <summary>
/// How one kind of client validates a server's certificates: the strict engine, plus the habits that the client is documented or
/// measured to have.
/// </summary>
internal sealed record ClientProfile
{
    /// <summary>The name on the command line and in reports, for example <c>exchange-online</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The client in words.</summary>
    public required string Title { get; init; }

    /// <summary>The client's usual name, for running text.</summary>
    public string ShortTitle
    {
        get => field ?? Title.Split(" (")[0];
        init;
    }

    /// <summary>Which error vocabulary the client uses.</summary>
    public required ErrorVocabulary Vocabulary { get; init; }

    /// <summary>Whose OpenSSL judges, as far as one does; null: that of the AutoDetect at hand.</summary>
    public NodeVersion? Version { get; init; } = NodeVersion.Node20;

    /// <summary>Whether the client's ClientHello offers ML-KEM, the post-quantum key exchange, and is therefore longer than a TCP segment.</summary>
    public bool OffersMlKem { get; init; }

    /// <summary>Whether the certificate must match the requested host.</summary>
    public bool ChecksHostName { get; init; } = true;

    /// <summary>Whether a certificate without subjectAltName names is rejected, whatever its common name is.</summary>
    public bool NeedsSubjectAlternativeName { get; init; }

    /// <summary>Whether other paths are tried when the first one fails; the order of the certificates then does not matter either.</summary>
    public bool TriesOtherPaths { get; init; }

    /// <summary>Whether intermediates of one connection are cached for others.</summary>
    public bool KeepsIntermediates { get; init; }

    /// <summary>Whether a missing issuer is downloaded from the URL in the certificate (AIA caIssuers, RFC 5280 4.2.2.1).</summary>
    public bool DownloadsIssuers { get; init; }

    /// <summary>Whether a chain is rejected if the issuer of a certificate below the root has revoked it. If no revocation list can be downloaded, the chain is accepted.</summary>
    public bool ChecksRevocation { get; init; }

    /// <summary>The evidence for the above.</summary>
    public required IReadOnlyList<ClientHabit> Habits { get; init; }
}

/// <summary>One statement about a client.</summary>
/// <param name="Statement">What the client does, in a sentence.</param>
/// <param name="Source">The source: a URL, or a key of docs/evidence.md in brackets.</param>
/// <param name="Basis">How well founded it is.</param>
internal sealed record ClientHabit(string Statement, string Source, HabitBasis Basis);

/// <summary>How well founded a statement about a client is.</summary>
internal enum HabitBasis
{
    /// <summary>Tests compare it with the real program.</summary>
    Measured,

    /// <summary>Stated by the vendor's documentation or source code.</summary>
    Documented,

    /// <summary>Inferred from outside observation.</summary>
    Inferred,
}

/// <summary>The error vocabulary of a client.</summary>
internal enum ErrorVocabulary
{
    /// <summary>Node.js: the last error that OpenSSL raised, by name.</summary>
    Node,

    /// <summary><c>openssl s_client</c>: the last error, by number.</summary>
    OpenSslCommand,

    /// <summary>curl: the first error, as OpenSSL words it.</summary>
    Curl,

    /// <summary>Windows: CERT_E_* codes.</summary>
    Windows,

    /// <summary>Chromium: ERR_CERT_* codes.</summary>
    Chromium,

    /// <summary>Mozilla: SEC_ERROR_* and MOZILLA_PKIX_ERROR_* codes.</summary>
    Mozilla,

    /// <summary>Android: java.security.cert exceptions of Conscrypt.</summary>
    Android,

    /// <summary>Java: exceptions of SunJSSE.</summary>
    Java,

    /// <summary>Exchange Online connectors.</summary>
    ExchangeOnline,
}
