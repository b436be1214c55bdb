using AutoDetectSim.Certificates.Validation.Decoding;

namespace AutoDetectSim.Cli.Verify;

/// <summary>The order in which a server has to present certificates: its own first, then the issuer of each.</summary>
internal sealed record ChainOrder
{
    private ChainOrder(IReadOnlyList<ReadOnlyMemory<byte>> right, IReadOnlyList<int> places, IReadOnlyList<string> subjects)
    {
        Right = right;
        Places = places;
        Subjects = subjects;
    }

    /// <summary>The certificates in the right order; those that belong to no chain come last, as they were.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Right { get; }

    /// <summary>Where each certificate of <see cref="Right"/> was, from 0.</summary>
    public IReadOnlyList<int> Places { get; }

    /// <summary>The subjects in the right order.</summary>
    public IReadOnlyList<string> Subjects { get; }

    /// <summary>Whether the certificates were in the right order.</summary>
    public bool IsRight => Places.SequenceEqual(Enumerable.Range(0, Places.Count));

    /// <summary>Whether the server's own certificate was last and each issuer before what it issued.</summary>
    public bool IsUpsideDown => Places.Count > 1 && Places.SequenceEqual(Enumerable.Range(0, Places.Count).Reverse());

    /// <summary>Finds the right order; null where a certificate cannot be read.</summary>
    public static ChainOrder? Of(IReadOnlyList<ReadOnlyMemory<byte>> presented)
    {
        var certificates = new List<DecodedCertificate>();
        foreach (var der in presented)
        {
            if (DecodedCertificate.TryDecode(der, out _, out _) is not { } certificate)
            {
                return null;
            }

            certificates.Add(certificate);
        }

        if (certificates.Count == 0)
        {
            return null;
        }

        var left = Enumerable.Range(0, certificates.Count).ToList();
        var places = new List<int>();
        for (int? next = Own(certificates); next is { } index; next = Issuer(certificates, left, index))
        {
            places.Add(index);
            left.Remove(index);
        }

        places.AddRange(left);
        return new ChainOrder([.. places.Select(place => presented[place])], places, [.. places.Select(place => certificates[place].Summary.Subject)]);
    }

    /// <summary>The server's own certificate: the first one that issued none of the others, unless all did.</summary>
    private static int Own(List<DecodedCertificate> certificates)
    {
        var own = certificates.FindIndex(candidate => !certificates.Exists(other => !other.SameAs(candidate) && other.Issuer.Equals(candidate.Subject)));
        return Math.Max(0, own);
    }

    private static int? Issuer(List<DecodedCertificate> certificates, List<int> left, int index)
    {
        var certificate = certificates[index];
        var issuers = certificate.SelfSigned ? [] : left.Where(candidate => certificates[candidate].Subject.Equals(certificate.Issuer)).ToList();
        return issuers.Count == 0 ? null : issuers[0];
    }
}
