using AutoDetectSim.Certificates.Validation.Decoding;

namespace AutoDetectSim.Certificates.Validation.PathBuilding;

/// <summary>Compares one name with permitted and excluded subtrees, type by type.</summary>
internal static class NameConstraintMatcher
{
    /// <summary>Whether the name satisfies the constraints; if not, how it violates them.</summary>
    internal static ValidationCode Match(ConstrainedName name, DerValue constraints)
    {
        var applies = false;
        var matches = false;
        foreach (var subtree in constraints[0]?.Children ?? [])
        {
            var baseName = ConstrainedName.Of(subtree![0]!);
            if (!IsOfType(name, baseName))
            {
                continue;
            }

            if (!HasNoDistances(subtree))
            {
                return ValidationCode.SubtreeMinMax;
            }

            applies = true;
            if (matches)
            {
                continue;
            }

            var result = MatchOne(name, baseName);
            if (result == ValidationCode.Ok)
            {
                matches = true;
            }
            else if (result != ValidationCode.PermittedViolation)
            {
                return result;
            }
        }

        return applies && !matches ? ValidationCode.PermittedViolation : MatchExcluded(name, constraints);
    }

    private static ValidationCode MatchExcluded(ConstrainedName name, DerValue constraints)
    {
        foreach (var subtree in constraints[1]?.Children ?? [])
        {
            var baseName = ConstrainedName.Of(subtree![0]!);
            if (!IsOfType(name, baseName))
            {
                continue;
            }

            if (!HasNoDistances(subtree))
            {
                return ValidationCode.SubtreeMinMax;
            }

            var result = MatchOne(name, baseName);
            if (result == ValidationCode.Ok)
            {
                return ValidationCode.ExcludedViolation;
            }

            if (result != ValidationCode.PermittedViolation)
            {
                return result;
            }
        }

        return ValidationCode.Ok;
    }

    private static bool IsOfType(ConstrainedName name, ConstrainedName baseName) =>
        name.EffectiveAlternative == baseName.Alternative
        && (name.EffectiveAlternative != ExtensionGrammar.OtherName || name.OtherType.Span.SequenceEqual(baseName.OtherType.Span));

    private static bool HasNoDistances(DerValue subtree) => subtree[2] is null && (subtree[1] is not { } minimum || minimum.Number.IsZero);

    private static ValidationCode MatchOne(ConstrainedName name, ConstrainedName baseName) => name.Alternative switch
    {
        ExtensionGrammar.OtherName when name.IsUtf8Mailbox => MailboxConstraint.MatchUtf8(name.OtherValue!, baseName.Text.Span),
        ExtensionGrammar.DirectoryName => Verdict(baseName.Directory!.IsPrefixOf(name.Directory!)),
        ExtensionGrammar.Dns => Verdict(MatchesDns(name.Text.Span, baseName.Text.Span)),
        ExtensionGrammar.Email => MailboxConstraint.Match(name.Text.Span, baseName.Text.Span),
        ExtensionGrammar.Uri => name.IsMalformed ? ValidationCode.UnsupportedNameSyntax : MatchHost(name.Text.Span, baseName.Text.Span),
        ExtensionGrammar.IpAddress => MatchAddress(name.Text.Span, baseName.Text.Span),
        _ => ValidationCode.UnsupportedConstraintType,
    };

    private static bool MatchesDns(ReadOnlySpan<byte> name, ReadOnlySpan<byte> baseName)
    {
        if (baseName.IsEmpty)
        {
            return true;
        }

        if (name.Length < baseName.Length)
        {
            return false;
        }

        var atLabel = name.Length == baseName.Length || baseName[0] == (byte)'.' || name[name.Length - baseName.Length - 1] == (byte)'.';
        return atLabel && AsciiText.EndsWithIgnoreCase(name, baseName);
    }

    private static ValidationCode MatchHost(ReadOnlySpan<byte> host, ReadOnlySpan<byte> baseName) =>
        Verdict(baseName.Length > 0 && baseName[0] == (byte)'.'
            ? host.Length > baseName.Length && AsciiText.EndsWithIgnoreCase(host, baseName)
            : AsciiText.EqualsIgnoreCase(host, baseName));

    private static ValidationCode MatchAddress(ReadOnlySpan<byte> address, ReadOnlySpan<byte> network)
    {
        if (address.Length is not (4 or 16) || network.Length is not (8 or 32))
        {
            return ValidationCode.UnsupportedNameSyntax;
        }

        if (network.Length != address.Length * 2)
        {
            return ValidationCode.PermittedViolation;
        }

        var mask = network[address.Length..];
        for (var i = 0; i < address.Length; i++)
        {
            if ((address[i] & mask[i]) != (network[i] & mask[i]))
            {
                return ValidationCode.PermittedViolation;
            }
        }

        return ValidationCode.Ok;
    }

    private static ValidationCode Verdict(bool matches) => matches ? ValidationCode.Ok : ValidationCode.PermittedViolation;
}
