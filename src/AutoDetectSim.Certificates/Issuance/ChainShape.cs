namespace AutoDetectSim.Certificates.Issuance;

/// <summary>
/// Named shapes of a presented chain: what a server puts on the wire relative to the chain that it should send.
/// The words are those that SSL Labs and OpenSSL users search for.
/// </summary>
public enum ChainShape
{
    /// <summary>The leaf and every intermediate up to, and without, the root: what RFC 5246 7.4.2 asks for.</summary>
    Complete,

    /// <summary>The leaf alone (SSL Labs: incomplete).</summary>
    MissingIntermediate,

    /// <summary>The complete list with the intermediates and the root in reverse order after the leaf (SSL Labs: incorrect order).</summary>
    WrongOrder,

    /// <summary>The complete list and the root as well (SSL Labs: contains anchor).</summary>
    ContainsAnchor,

    /// <summary>The complete list and a certificate that belongs to another hierarchy (SSL Labs: extra certs).</summary>
    ExtraCertificates,

    /// <summary>The complete list with every intermediate sent twice.</summary>
    Duplicates,

    /// <summary>The leaf and an intermediate with the right subject and another key, so that it did not sign the leaf.</summary>
    WrongIntermediate,

    /// <summary>The leaf and an intermediate of an unrelated authority.</summary>
    UnrelatedIntermediate,

    /// <summary>The complete list with an intermediate whose validity has ended.</summary>
    ExpiredIntermediate,

    /// <summary>The complete list with a leaf whose validity has ended.</summary>
    ExpiredLeaf,

    /// <summary>The complete list with a leaf whose validity has not begun.</summary>
    NotYetValidLeaf,

    /// <summary>The complete list with a leaf for another host name.</summary>
    NameMismatch,

    /// <summary>One certificate that signs itself.</summary>
    SelfSigned,

    /// <summary>A complete chain below a root that no client trusts, without that root.</summary>
    UntrustedRoot,

    /// <summary>A complete chain below a root that no client trusts, with that root.</summary>
    UntrustedRootIncluded,

    /// <summary>The complete list with a leaf whose extended key usage is clientAuth only.</summary>
    ClientAuthOnly,
}
