using AutoDetectSim.Certificates.Validation.Decoding;

namespace AutoDetectSim.Certificates.Validation.PathBuilding;

/// <summary>RFC 3779: no certificate may hold addresses or AS numbers that its issuer does not hold. Only a server certificate with such an extension starts the check.</summary>
internal static class ResourceChecks
{
    internal static void Run(Verification verification)
    {
        RunNumbers(verification);
        RunAddresses(verification);
    }

    private static void RunNumbers(Verification verification)
    {
        if (verification[0].Extensions.AsIdentifiers is not { } own)
        {
            return;
        }

        CheckCanonicalNumbers(verification, own, 0);
        var systems = new Holding(NumberRanges.Of(own[0]));
        var domains = new Holding(NumberRanges.Of(own[1]));
        for (var depth = 1; depth < verification.Path.Count; depth++)
        {
            if (verification[depth].Extensions.AsIdentifiers is not { } issuer)
            {
                if (systems.Listed is not null || domains.Listed is not null)
                {
                    verification.Raise(ValidationCode.UnnestedResource, depth);
                }

                continue;
            }

            CheckCanonicalNumbers(verification, issuer, depth);
            systems.RaiseTo(NumberRanges.Of(issuer[0]), verification, depth);
            domains.RaiseTo(NumberRanges.Of(issuer[1]), verification, depth);
        }

        var top = verification.Path.Count - 1;
        foreach (var choice in verification[top].Extensions.AsIdentifiers?.Children ?? [])
        {
            if (NumberRanges.Of(choice) is { Inherits: true })
            {
                verification.Raise(ValidationCode.UnnestedResource, BeyondTop(verification));
            }
        }
    }

    private static void CheckCanonicalNumbers(Verification verification, DerValue identifiers, int depth)
    {
        if (identifiers.Children.Any(static c => NumberRanges.Of(c)?.IsCanonical() == false))
        {
            verification.Raise(ValidationCode.InvalidExtension, depth);
        }
    }

    private static void RunAddresses(Verification verification)
    {
        if (verification[0].Extensions.IpAddressBlocks is not { } own)
        {
            return;
        }

        var held = AddressFamily.ListOf(own);
        CheckCanonicalAddresses(verification, held, 0);
        for (var depth = 1; depth < verification.Path.Count; depth++)
        {
            var blocks = verification[depth].Extensions.IpAddressBlocks;
            var issuer = AddressFamily.ListOf(blocks);
            CheckCanonicalAddresses(verification, issuer, depth);
            var goesOn = blocks is null ? CheckNothingHeld(verification, held, depth) : CheckHeldBy(verification, held, issuer, depth);
            if (!goesOn)
            {
                GiveUp(verification);
                return;
            }
        }

        var top = verification.Path.Count - 1;
        foreach (var family in AddressFamily.ListOf(verification[top].Extensions.IpAddressBlocks))
        {
            if (!family.HasValidKey)
            {
                GiveUp(verification);
                return;
            }

            if (family.Inherits && held.Exists(h => h.Key.Span.SequenceEqual(family.Key.Span)))
            {
                verification.Raise(ValidationCode.UnnestedResource, BeyondTop(verification));
            }
        }
    }

    private static void CheckCanonicalAddresses(Verification verification, List<AddressFamily> families, int depth)
    {
        if (!AddressFamily.AreCanonical(families))
        {
            verification.Raise(ValidationCode.InvalidExtension, depth);
        }
    }

    /// <summary>Whether the check goes on: a malformed family identifier ends it.</summary>
    private static bool CheckNothingHeld(Verification verification, List<AddressFamily> held, int depth)
    {
        foreach (var family in held)
        {
            if (!family.HasValidKey)
            {
                return false;
            }

            if (!family.Inherits)
            {
                verification.Raise(ValidationCode.UnnestedResource, depth);
                return true;
            }
        }

        return true;
    }

    private static bool CheckHeldBy(Verification verification, List<AddressFamily> held, List<AddressFamily> issuer, int depth)
    {
        for (var i = 0; i < held.Count; i++)
        {
            var family = held[i];
            var parent = issuer.Find(p => p.Key.Span.SequenceEqual(family.Key.Span));
            if (parent is null)
            {
                if (!family.Inherits)
                {
                    verification.Raise(ValidationCode.UnnestedResource, depth);
                    return true;
                }

                continue;
            }

            if (!family.HasValidKey)
            {
                return false;
            }

            if (parent.Inherits)
            {
                continue;
            }

            if (family.Inherits || parent.Contains(family))
            {
                held[i] = parent;
            }
            else
            {
                verification.Raise(ValidationCode.UnnestedResource, depth);
            }
        }

        return true;
    }

    /// <summary>The depth at which OpenSSL reports that the top inherits: it has counted past the top by then.</summary>
    private static int BeyondTop(Verification verification) => verification.Path.Count;

    private static void GiveUp(Verification verification)
    {
        if (verification.LastError == ValidationCode.Ok)
        {
            verification.Raise(ValidationCode.Unspecified, verification.Path.Count - 1);
        }
    }

    /// <summary>What the certificates so far claim of one kind of number.</summary>
    private sealed class Holding(NumberRanges? own)
    {
        private bool _inherits = own?.Inherits == true;

        internal NumberRanges? Listed { get; private set; } = own is { Inherits: false } ? own : null;

        internal void RaiseTo(NumberRanges? issuer, Verification verification, int depth)
        {
            if (issuer is null && Listed is not null)
            {
                verification.Raise(ValidationCode.UnnestedResource, depth);
                Listed = null;
                _inherits = false;
            }

            if (issuer is not { Inherits: false })
            {
                return;
            }

            if (_inherits || issuer.Contains(Listed))
            {
                Listed = issuer;
                _inherits = false;
            }
            else
            {
                verification.Raise(ValidationCode.UnnestedResource, depth);
            }
        }
    }
}
