namespace AutoDetectSim.Certificates.Validation.Diagnosis;

/// <summary>What a result means and how it is put right, in a sentence each.</summary>
internal sealed record ResultText(string Meaning, string Remedy)
{
    private const string ResendCertificate = "Export the certificate again as DER or PEM and configure the server with the new file.";

    internal static ResultText For(ValidationCode code) => code switch
    {
        ValidationCode.Ok => new("The chain leads to a trusted root and the certificate is for the host.", string.Empty),
        ValidationCode.UnableToVerifyLeafSignature => new(
            "The server sent its own certificate without the intermediate that issued it, and that intermediate is not in the trust list either, so nothing can vouch for the certificate.",
            "Configure the server to send the intermediate as well (the full chain without the root)."),
        ValidationCode.UnableToGetIssuerCertLocally => new(
            "The chain stops before it reaches a trusted root: the next issuer was neither sent nor is it in the trust list.",
            "Send the missing intermediate, or trust the root if the chain is complete up to it."),
        ValidationCode.UnableToGetIssuerCert => new(
            "The path reaches a certificate of the trust list that is not self-signed, and its own issuer is not in the trust list.",
            "Put the root into the trust list; an intermediate alone is no anchor for a Node.js client."),
        ValidationCode.DepthZeroSelfSignedCert => new(
            "The server's certificate is self-signed and not in the trust list.",
            "Use a certificate of an authority that clients trust, or put this very certificate into the trust list."),
        ValidationCode.SelfSignedCertInChain => new(
            "The chain is complete, but it ends at a self-signed root that is not in the trust list.",
            "Put that root into the trust list, or use a certificate of an authority that clients trust."),
        ValidationCode.CertHasExpired => new(
            "A certificate of the chain has expired.",
            "Renew it; if it is an intermediate, replace the copy that the server sends with the current one."),
        ValidationCode.CertNotYetValid => new(
            "A certificate of the chain is not valid yet.",
            "Wait for its start of validity, issue it again, or put the clock right that disagrees."),
        ValidationCode.ErrorInCertNotBeforeField => new(
            "notBefore is not written as YYMMDDhhmmssZ or YYYYMMDDhhmmssZ.",
            "Have the certificate issued again by software that follows RFC 5280 4.1.2.5."),
        ValidationCode.ErrorInCertNotAfterField => new(
            "notAfter is not written as YYMMDDhhmmssZ or YYYYMMDDhhmmssZ.",
            "Have the certificate issued again by software that follows RFC 5280 4.1.2.5."),
        ValidationCode.CertSignatureFailure => new(
            "A signature does not fit the key of the issuer that was chosen by name.",
            "Look for two issuers of the same name with different keys: the server sends, or the client trusts, the wrong one. Otherwise the certificate was changed."),
        ValidationCode.InvalidCa => new(
            "A certificate acts as issuer without basicConstraints that say it is a CA.",
            "Replace the intermediate with one that has basicConstraints CA:TRUE."),
        ValidationCode.InvalidPurpose => new(
            "A certificate of the chain may not be used for TLS servers: its extended key usage lacks serverAuth, its key usage fits no TLS server, or it issued a certificate and is no CA.",
            "Issue it again with serverAuth (on an intermediate: with serverAuth or without the extension)."),
        ValidationCode.PathLengthExceeded => new(
            "A CA certificate allows fewer intermediates below it than there are.",
            "Issue the server's certificate from an authority closer to that CA, or have the CA certificate issued again with a greater path length."),
        ValidationCode.CertChainTooLong => new("There are more than 100 intermediates.", "Send only the certificates of one path."),
        ValidationCode.CertRejected => new("The trust list says that this anchor is not to be trusted for TLS servers.", "Take the reject out of the trust list."),
        ValidationCode.KeyUsageNoCertSign => new("An issuer's keyUsage lacks keyCertSign.", "Have the issuer's certificate issued again with keyCertSign."),
        ValidationCode.KeyUsageNoDigitalSignature => new("The issuer of a proxy certificate lacks digitalSignature in its keyUsage.", "Do not use proxy certificates for servers."),
        ValidationCode.ProxyCertificatesNotAllowed => new("A proxy certificate (RFC 3820) is in the chain; TLS clients do not accept any.", "Do not use proxy certificates for servers."),
        ValidationCode.ProxyPathLengthExceeded => new("A proxy certificate allows fewer proxies below it than there are.", "Do not use proxy certificates for servers."),
        ValidationCode.ProxySubjectNameViolation => new("A proxy certificate's subject is not its issuer's and one more common name.", "Do not use proxy certificates for servers."),
        ValidationCode.InvalidNonCa => new("A CA certificate issued a proxy certificate.", "Do not use proxy certificates for servers."),
        ValidationCode.UnhandledCriticalExtension => new(
            "A certificate has a critical extension that the client does not understand, and must then be rejected.",
            "Have it issued again with that extension not critical, or without it."),
        ValidationCode.EeKeyTooSmall => new("The server's key is too weak (less than 80 bits of security, for RSA less than 920 bits).", "Issue the certificate again with a key of at least RSA 2048 or P-256."),
        ValidationCode.CaKeyTooSmall => new("An issuer's key is too weak (less than 80 bits of security, for RSA less than 920 bits).", "Move to an authority with a key of at least RSA 2048 or P-256."),
        ValidationCode.CaMdTooWeak => new("A certificate is signed with a digest that is broken (MD5, SHA-1) or unknown.", "Have it issued again with SHA-256."),
        ValidationCode.EcKeyExplicitParams => new("A key spells out its elliptic curve instead of naming it.", "Make the key again with a named curve."),
        ValidationCode.PermittedViolation => new("A name of a certificate lies outside what an issuer's name constraints permit.", "Issue it from an authority that may issue for that name, or leave the name out."),
        ValidationCode.ExcludedViolation => new("A name of a certificate lies in what an issuer's name constraints exclude.", "Issue it from an authority that may issue for that name, or leave the name out."),
        ValidationCode.SubtreeMinMax => new("A name constraint uses minimum or maximum, which RFC 5280 forbids.", "Have the issuer's certificate issued again without them."),
        ValidationCode.UnsupportedConstraintType => new("A name constraint is of a type that cannot be compared with the certificate's names.", "Have the issuer's certificate issued again without that constraint."),
        ValidationCode.UnsupportedNameSyntax => new("A name, or the constraint that it is held against, is not written as its type wants it.", "Correct the name, or have the issuer's certificate issued again."),
        ValidationCode.UnnestedResource => new("A certificate claims addresses or AS numbers (RFC 3779) that its issuer does not hold.", "Leave the RFC 3779 extensions out of server certificates."),
        ValidationCode.InvalidExtension => new("An RFC 3779 extension is not in canonical form.", "Leave the RFC 3779 extensions out of server certificates."),
        ValidationCode.Unspecified => new("The client gave up without saying why.", "Look for excessive numbers of names and name constraints, and for keys that cannot be decoded."),
        ValidationCode.AltNameInvalid => new("The chain is in order, but the certificate is for other hosts.", "Issue a certificate that lists the host among its DNS names (for an IP literal, among its IP addresses), or connect to a host that it lists."),
        ValidationCode.SslExcessiveMessageSize => new("The certificates together are larger than the 102,400 bytes that a client reads.", "Send only the certificates of one path."),
        ValidationCode.SslLengthMismatch => new("The server sent no certificate.", "Configure the server with a certificate."),
        ValidationCode.SslDecodeError => new("The key of the server's certificate cannot be decoded.", "Issue the certificate again with an RSA or elliptic curve key."),
        ValidationCode.SslUnknownCertificateType => new("The key of the server's certificate is of a kind that cannot authenticate a TLS server.", "Issue the certificate again with an RSA or elliptic curve key."),
        ValidationCode.SslCertLengthMismatch => new("Bytes follow after the end of one of the certificates that were sent.", ResendCertificate),
        ValidationCode.SslTooLong => new("One of the certificates that were sent is cut off, or is no DER at all (often PEM text in place of DER).", ResendCertificate),
        ValidationCode.SslTooSmall => new("One of the certificates that were sent is empty, or ends where a value must follow.", ResendCertificate),
        _ => new("One of the certificates that were sent is not encoded as a certificate, and the TLS handshake ends there; it does not matter whether that certificate is needed.", ResendCertificate),
    };
}
