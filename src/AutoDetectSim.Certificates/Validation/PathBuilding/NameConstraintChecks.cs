using AutoDetectSim.Certificates.Validation.Decoding;

namespace AutoDetectSim.Certificates.Validation.PathBuilding;

/// <summary>Holds every name of the path against the name constraints (RFC 5280 4.2.1.10) of every certificate above it, the anchor's included.</summary>
internal sealed class NameConstraintChecks(Verification verification)
{
    private static readonly byte[] CommonName = [0x55, 0x04, 0x03];
    private static readonly byte[] EmailAddress = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x01];

    private long _work;

    internal void Run()
    {
        for (var depth = verification.Path.Count - 1; depth >= 0; depth--)
        {
            var certificate = verification[depth];
            if (depth != 0 && certificate.SelfIssued)
            {
                continue;
            }

            if (certificate.Extensions.IsProxy && !HasProxySubject(certificate))
            {
                verification.Raise(ValidationCode.ProxySubjectNameViolation, depth);
            }

            for (var issuer = verification.Path.Count - 1; issuer > depth; issuer--)
            {
                if (verification[issuer].Extensions.NameConstraints is { } constraints)
                {
                    var error = Check(certificate, constraints, isLeaf: depth == 0);
                    if (error != ValidationCode.Ok)
                    {
                        verification.Raise(error, depth);
                    }
                }
            }
        }
    }

    /// <summary>RFC 3820 3.4: the subject of a proxy certificate is its issuer's and one more common name.</summary>
    private static bool HasProxySubject(DecodedCertificate certificate)
    {
        var attributes = certificate.Subject.Attributes;
        return attributes.Count >= 2
            && attributes.Count == certificate.Issuer.Attributes.Count + 1
            && attributes[^1].Rdn != attributes[^2].Rdn
            && attributes[^1].Is(CommonName)
            && certificate.Subject.EqualsWithoutLast(certificate.Issuer);
    }

    private ValidationCode Check(DecodedCertificate certificate, DerValue constraints, bool isLeaf)
    {
        var names = certificate.Extensions.SubjectAltName?.Children ?? [];
        var nameCount = (long)certificate.Subject.Attributes.Count + names.Count;
        var constraintCount = (long)(constraints[0]?.Children.Count ?? 0) + (constraints[1]?.Children.Count ?? 0);
        _work += nameCount * constraintCount;
        if ((nameCount > 0 && constraintCount > ValidationLimits.MaxNameConstraintPairs / nameCount) || _work > ValidationLimits.MaxNameConstraintWork)
        {
            return ValidationCode.Unspecified;
        }

        var error = CheckSubject(certificate.Subject, constraints);
        for (var i = 0; i < names.Count && error == ValidationCode.Ok; i++)
        {
            error = NameConstraintMatcher.Match(NameOf(names[i]!), constraints);
        }

        if (error == ValidationCode.Ok && isLeaf && !names.Any(static n => n!.Alternative == ExtensionGrammar.Dns))
        {
            error = CheckCommonNames(certificate.Subject, constraints);
        }

        return error;
    }

    private static ValidationCode CheckSubject(DistinguishedName subject, DerValue constraints)
    {
        if (subject.IsEmpty)
        {
            return ValidationCode.Ok;
        }

        var error = NameConstraintMatcher.Match(new ConstrainedName(ExtensionGrammar.DirectoryName) { Directory = subject }, constraints);
        for (var i = 0; i < subject.Attributes.Count && error == ValidationCode.Ok; i++)
        {
            var attribute = subject.Attributes[i];
            if (attribute.Is(EmailAddress))
            {
                error = attribute.Value.Tag == DerTag.Ia5String
                    ? NameConstraintMatcher.Match(new ConstrainedName(ExtensionGrammar.Email) { Text = attribute.Value.Content }, constraints)
                    : ValidationCode.UnsupportedNameSyntax;
            }
        }

        return error;
    }

    private static ValidationCode CheckCommonNames(DistinguishedName subject, DerValue constraints)
    {
        foreach (var attribute in subject.Attributes)
        {
            if (!attribute.Is(CommonName))
            {
                continue;
            }

            // A common name of a type that is no text cannot be read, which OpenSSL treats as a lack of memory: the check ends.
            if (!IsReadable(attribute.Value.Tag) || CanonicalString.TryGetUtf8(attribute.Value, out var utf8) != ValidationCode.Ok)
            {
                return ValidationCode.Ok;
            }

            var name = utf8.TrimEnd((byte)0);
            if (name.Contains((byte)0))
            {
                return ValidationCode.UnsupportedNameSyntax;
            }

            if (!LooksLikeHost(name))
            {
                continue;
            }

            var error = NameConstraintMatcher.Match(new ConstrainedName(ExtensionGrammar.Dns) { Text = name.ToArray() }, constraints);
            if (error != ValidationCode.Ok)
            {
                return error;
            }
        }

        return ValidationCode.Ok;
    }

    private static bool IsReadable(int tag) => CanonicalString.IsText(tag) || tag == DerTag.NumericString;

    /// <summary>Whether a common name is a host name of at least two labels; underscores pass, a hyphen or dot at either end of a label does not.</summary>
    private static bool LooksLikeHost(ReadOnlySpan<byte> name)
    {
        var hasDot = false;
        for (var i = 0; i < name.Length; i++)
        {
            var c = name[i];
            if (char.IsAsciiLetterOrDigit((char)c) || c == (byte)'_')
            {
                continue;
            }

            if (i == 0 || i == name.Length - 1)
            {
                return false;
            }

            if (c == (byte)'-')
            {
                continue;
            }

            if (c != (byte)'.' || name[i + 1] is (byte)'.' or (byte)'-' || name[i - 1] == (byte)'-')
            {
                return false;
            }

            hasDot = true;
        }

        return hasDot;
    }

    /// <summary>The name as it is compared: of a URI, its host.</summary>
    private ConstrainedName NameOf(DerValue name)
    {
        var constrained = ConstrainedName.Of(name);
        return constrained.Alternative != ExtensionGrammar.Uri ? constrained
            : UriHost.TryFind(constrained.Text.Span, verification.Version, out var host) ? constrained with { Text = host.ToArray() }
            : constrained with { IsMalformed = true };
    }
}
