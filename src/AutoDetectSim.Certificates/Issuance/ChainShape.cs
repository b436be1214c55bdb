namespace AutoDetectSim.Certificates.Issuance;

/// <summary>
/// Named shapes of a presented chain: how it differs from the chain that the server should send.
/// The names are terms that SSL Labs and OpenSSL users search for.
/// </summary>
public enum ChainShape
{
    /// <summary>The leaf and every intermediate, without the root, as RFC 5246 7.4.2 requires.</summary>
    Complete,

    /// <summary>Only the leaf (SSL Labs: incomplete).</summary>
    MissingIntermediate,

    /// <summary>The complete chain, with the intermediates and the root in reverse order after the leaf (SSL Labs: incorrect order).</summary>
    WrongOrder,

    /// <summary>The complete chain and the root (SSL Labs: contains anchor).</summary>
    ContainsAnchor,

    /// <summary>The complete chain and a certificate of another hierarchy (SSL Labs: extra certs).</summary>
    ExtraCertificates,

    /// <summary>The complete chain, with every intermediate sent twice.</summary>
    Duplicates,

    /// <summary>The leaf and an intermediate with the right subject but another key, which did not sign the leaf.</summary>
    WrongIntermediate,

    /// <summary>The leaf and an intermediate of an unrelated authority.</summary>
    UnrelatedIntermediate,

    /// <summary>The complete chain with an expired intermediate.</summary>
    ExpiredIntermediate,

    /// <summary>The complete chain with an expired leaf.</summary>
    ExpiredLeaf,

    /// <summary>The complete chain with a leaf that is not yet valid.</summary>
    NotYetValidLeaf,

    /// <summary>The complete chain with a leaf for another host name.</summary>
    NameMismatch,

    /// <summary>A self-signed certificate.</summary>
    SelfSigned,

    /// <summary>A complete chain to an untrusted root, without that root.</summary>
    UntrustedRoot,

    /// <summary>A complete chain to an untrusted root, with that root.</summary>
    UntrustedRootIncluded,

    /// <summary>The complete chain with a leaf whose extended key usage is only clientAuth.</summary>
    ClientAuthOnly,
}
