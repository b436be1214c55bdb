namespace AutoDetectSim.Certificates.Validation.Diagnosis;

/// <summary>The meaning of each result and how to fix it, one sentence each.</summary>
internal sealed record ResultText(string Meaning, string Remedy)
{
    private const string ResendCertificate = "Export the certificate again as DER or PEM and configure the server with the new file.";

    /// <summary>The meaning of a result for one end of the connection.</summary>
    internal static ResultText For(ValidationCode code, CertificatePurpose purpose) => (code, purpose) switch
    {
        (ValidationCode.Ok, CertificatePurpose.Client) => new("The chain leads to a trusted root, and the certificate may be used by a TLS client.", string.Empty),
        (ValidationCode.InvalidPurpose, CertificatePurpose.Client) => new(
            "A certificate of the chain may not be used for TLS clients: its extended key usage lacks clientAuth, its key usage does not allow a TLS client, or it issued a certificate but is not a CA.",
            "Use a certificate with clientAuth for outgoing connections. Public authorities no longer issue any: take a private authority that the other side trusts, or have the other side identify the connection in another way."),
        _ => For(code),
    };

    internal static ResultText For(ValidationCode code) => code switch
    {
        ValidationCode.Ok => new("The chain leads to a trusted root, and the certificate is valid for the host.", string.Empty),
        ValidationCode.UnableToVerifyLeafSignature => new(
            "The server sent its own certificate without the intermediate that issued it, and that intermediate is not in the trust list either, so the certificate cannot be verified.",
            "Configure the server to send the intermediate as well (the full chain without the root)."),
        ValidationCode.UnableToGetIssuerCertLocally => new(
            "The chain stops before a trusted root: the next issuer was not sent and is not in the trust list.",
            "Send the missing intermediate, or trust the root if the chain is complete up to it."),
        ValidationCode.UnableToGetIssuerCert => new(
            "The path reaches a certificate of the trust list that is not self-signed, and its own issuer is not in the trust list.",
            "Add the root to the trust list; Node.js clients do not accept an intermediate as an anchor."),
        ValidationCode.DepthZeroSelfSignedCert => new(
            "The server's certificate is self-signed and not in the trust list.",
            "Use a certificate from an authority that clients trust, or add this certificate to the trust list."),
        ValidationCode.SelfSignedCertInChain => new(
            "The chain is complete, but it ends at a self-signed root that is not in the trust list.",
            "Add that root to the trust list, or use a certificate from an authority that clients trust."),
        ValidationCode.CertHasExpired => new(
            "A certificate of the chain has expired.",
            "Renew it; if it is an intermediate, replace the copy that the server sends with the current one."),
        ValidationCode.CertNotYetValid => new(
            "A certificate of the chain is not valid yet.",
            "Wait until it is valid, reissue it, or correct the wrong clock."),
        ValidationCode.ErrorInCertNotBeforeField => new(
            "notBefore is not written as YYMMDDhhmmssZ or YYYYMMDDhhmmssZ.",
            "Have the certificate reissued by software that follows RFC 5280 4.1.2.5."),
        ValidationCode.ErrorInCertNotAfterField => new(
            "notAfter is not written as YYMMDDhhmmssZ or YYYYMMDDhhmmssZ.",
            "Have the certificate reissued by software that follows RFC 5280 4.1.2.5."),
        ValidationCode.CertSignatureFailure => new(
            "A signature does not match the key of the issuer that was chosen by name.",
            "Look for two issuers with the same name but different keys: the server sends, or the client trusts, the wrong one. Otherwise the certificate was modified."),
        ValidationCode.InvalidCa => new(
            "A certificate acts as issuer without basicConstraints that say it is a CA.",
            "Replace the intermediate with one that has basicConstraints CA:TRUE."),
        ValidationCode.InvalidPurpose => new(
            "A certificate of the chain may not be used for TLS servers: its extended key usage lacks serverAuth, its key usage does not allow a TLS server, or it issued a certificate but is not a CA.",
            "Reissue it with serverAuth (an intermediate: with serverAuth or without the extension)."),
        ValidationCode.PathLengthExceeded => new(
            "A CA certificate allows fewer intermediates below it than there are.",
            "Issue the server's certificate from an authority closer to that CA, or have the CA certificate reissued with a greater path length."),
        ValidationCode.CertChainTooLong => new("There are more than 100 intermediates.", "Send only the certificates of a single path."),
        ValidationCode.CertRejected => new("The trust list rejects this anchor for TLS servers.", "Remove the rejection from the trust list."),
        ValidationCode.KeyUsageNoCertSign => new("An issuer's keyUsage lacks keyCertSign.", "Have the issuer's certificate reissued with keyCertSign."),
        ValidationCode.KeyUsageNoDigitalSignature => new("The issuer of a proxy certificate lacks digitalSignature in its keyUsage.", "Do not use proxy certificates for servers."),
        ValidationCode.ProxyCertificatesNotAllowed => new("A proxy certificate (RFC 3820) is in the chain; TLS clients do not accept them.", "Do not use proxy certificates for servers."),
        ValidationCode.ProxyPathLengthExceeded => new("A proxy certificate allows fewer proxies below it than there are.", "Do not use proxy certificates for servers."),
        ValidationCode.ProxySubjectNameViolation => new("A proxy certificate's subject is not its issuer's and one more common name.", "Do not use proxy certificates for servers."),
        ValidationCode.InvalidNonCa => new("A CA certificate issued a proxy certificate.", "Do not use proxy certificates for servers."),
        ValidationCode.UnhandledCriticalExtension => new(
            "A certificate has a critical extension that the client does not understand, and must then be rejected.",
            "Have it reissued with that extension not critical, or without it."),
        ValidationCode.EeKeyTooSmall => new("The server's key is too weak (less than 80 bits of security, for RSA less than 920 bits).", "Reissue the certificate with a key of at least RSA 2048 or P-256."),
        ValidationCode.CaKeyTooSmall => new("An issuer's key is too weak (less than 80 bits of security, for RSA less than 920 bits).", "Move to an authority with a key of at least RSA 2048 or P-256."),
        ValidationCode.CaMdTooWeak => new("A certificate is signed with a digest that is broken (MD5, SHA-1) or unknown.", "Have it reissued with SHA-256."),
        ValidationCode.EcKeyExplicitParams => new("A key specifies its elliptic curve by explicit parameters instead of by name.", "Create a new key with a named curve."),
        ValidationCode.PermittedViolation => new("A name of a certificate lies outside what an issuer's name constraints permit.", "Issue it from an authority that may issue for that name, or omit the name."),
        ValidationCode.ExcludedViolation => new("A name of a certificate lies in what an issuer's name constraints exclude.", "Issue it from an authority that may issue for that name, or omit the name."),
        ValidationCode.SubtreeMinMax => new("A name constraint uses minimum or maximum, which RFC 5280 forbids.", "Have the issuer's certificate reissued without them."),
        ValidationCode.UnsupportedConstraintType => new("A name constraint is of a type that cannot be compared with the certificate's names.", "Have the issuer's certificate reissued without that constraint."),
        ValidationCode.UnsupportedNameSyntax => new("A name, or the constraint that it is compared with, does not have the syntax of its type.", "Correct the name, or have the issuer's certificate reissued."),
        ValidationCode.UnnestedResource => new("A certificate claims addresses or AS numbers (RFC 3779) that its issuer does not hold.", "Do not use RFC 3779 extensions in server certificates."),
        ValidationCode.InvalidExtension => new("An RFC 3779 extension is not in canonical form.", "Do not use RFC 3779 extensions in server certificates."),
        ValidationCode.Unspecified => new("The client stopped without giving a reason.", "Look for excessive numbers of names and name constraints, and for keys that cannot be decoded."),
        ValidationCode.AltNameInvalid => new("The chain is valid, but the certificate is for other hosts.", "Issue a certificate that lists the host among its DNS names (for an IP literal, among its IP addresses), or connect to a host that it lists."),
        ValidationCode.SslExcessiveMessageSize => new("The certificates together are larger than the 102,400 bytes that a client reads.", "Send only the certificates of a single path."),
        ValidationCode.SslLengthMismatch => new("The server sent no certificate.", "Configure the server with a certificate."),
        ValidationCode.SslDecodeError => new("The key of the server's certificate cannot be decoded.", "Reissue the certificate with an RSA or elliptic curve key."),
        ValidationCode.SslUnknownCertificateType => new("The key of the server's certificate is of a kind that cannot authenticate a TLS server.", "Reissue the certificate with an RSA or elliptic curve key."),
        ValidationCode.SslCertLengthMismatch => new("One of the certificates that were sent is followed by extra bytes.", ResendCertificate),
        ValidationCode.SslTooLong => new("One of the certificates that were sent is truncated, or is not DER (often PEM text instead of DER).", ResendCertificate),
        ValidationCode.SslTooSmall => new("One of the certificates that were sent is empty, or ends before a required value.", ResendCertificate),
        _ => new("One of the certificates that were sent is not encoded correctly, and the TLS handshake fails there, whether or not that certificate is needed.", ResendCertificate),
    };
}
