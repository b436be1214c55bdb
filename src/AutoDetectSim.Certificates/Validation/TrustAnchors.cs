using AutoDetectSim.Certificates.Validation.Decoding;
using AutoDetectSim.Certificates.Validation.PathBuilding;

namespace AutoDetectSim.Certificates.Validation;

/// <summary>
/// A list of trusted certificates in the given order, decoded once. It corresponds to the <c>ca</c>
/// option of Node.js, and as there: only a self-signed certificate is an anchor; an intermediate in the list helps to
/// build a path, but does not end one. Immutable and safe for use by several threads.
/// </summary>
public sealed class TrustAnchors
{
    private readonly List<TrustAnchor> _anchors = [];
    private readonly Dictionary<DistinguishedName, List<TrustAnchor>> _bySubject = [];

    private readonly Lazy<TrustAnchors> _newer;
    private int _source;

    private TrustAnchors() => _newer = new Lazy<TrustAnchors>(() => ReadBy(NodeVersion.Node24));

    /// <summary>A list that trusts nothing.</summary>
    public static TrustAnchors None { get; } = new();

    /// <summary>How many certificates the list holds; one that was given twice counts once.</summary>
    public int Count => _anchors.Count;

    /// <summary>What the certificates say, in order.</summary>
    public IReadOnlyList<CertificateSummary> Certificates => [.. _anchors.Select(static a => a.Certificate.Summary)];

    /// <summary>Makes a list of DER-encoded certificates.</summary>
    /// <param name="certificates">One complete certificate each.</param>
    /// <exception cref="FormatException">An entry is not one complete certificate; the message names its index.</exception>
    public static TrustAnchors FromDer(IEnumerable<ReadOnlyMemory<byte>> certificates)
    {
        ArgumentNullException.ThrowIfNull(certificates);
        var anchors = new TrustAnchors();
        var index = 0;
        foreach (var der in certificates)
        {
            var certificate = DecodedCertificate.TryDecode(der.ToArray(), out var consumed, out var error);
            if (certificate is null || consumed != der.Length)
            {
                throw new FormatException(FormattableString.Invariant(
                    $"Trust anchor {index} is not one complete DER-encoded certificate ({(certificate is null ? error.NodeName() : "bytes follow after its end")})."));
            }

            anchors.Add(certificate, null, anchors._anchors.Count);
            anchors._source++;
            index++;
        }

        return anchors;
    }

    /// <summary>Makes a list of PEM text as Node.js reads <c>ca</c>: "CERTIFICATE", "X509 CERTIFICATE" and "TRUSTED CERTIFICATE" blocks count, other blocks are passed over, and the first block that is broken ends its text.</summary>
    /// <param name="texts">One or more blocks each.</param>
    public static TrustAnchors FromPem(params IEnumerable<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var anchors = new TrustAnchors();
        foreach (var text in texts)
        {
            anchors.AddPem(text);
            anchors._source++;
        }

        return anchors;
    }

    internal IReadOnlyList<TrustAnchor> FindBySubject(DistinguishedName subject) =>
        _bySubject.TryGetValue(subject, out var found) ? found : [];

    /// <summary>The same list as one version of Node.js reads it: a certificate that it cannot decode ends the text in which it is.</summary>
    internal TrustAnchors For(NodeVersion version) => version == NodeVersion.Node20 ? this : _newer.Value;

    internal bool Contains(DecodedCertificate certificate) => FindBySubject(certificate.Subject).Any(a => a.Certificate.SameAs(certificate));

    private void AddPem(string text)
    {
        var blocks = PemBlocks.Of(text);
        while (blocks.Read())
        {
            if (blocks.Label is "CERTIFICATE" or "X509 CERTIFICATE" or "TRUSTED CERTIFICATE" && (blocks.HasHeader || !TryAdd(blocks.Content)))
            {
                return;
            }
        }
    }

    private bool TryAdd(ReadOnlyMemory<byte> der)
    {
        var certificate = DecodedCertificate.TryDecode(der, out var consumed, out _);
        if (certificate is null)
        {
            return false;
        }

        TrustSettings? settings = null;
        if (consumed < der.Length)
        {
            if (new DerDecoder(der[consumed..]).Decode(CertificateGrammar.TrustSettings) is not { } value)
            {
                return false;
            }

            settings = TrustSettings.Create(value);
        }

        Add(certificate, settings, _anchors.Count);
        return true;
    }

    private TrustAnchors ReadBy(NodeVersion version)
    {
        var read = new TrustAnchors();
        int? broken = null;
        foreach (var anchor in _anchors.Where(anchor => anchor.Source != broken))
        {
            read._source = anchor.Source;
            if (DecodedCertificate.TryDecode(anchor.Certificate.Der, out _, out _, version) is { } certificate)
            {
                read.Add(certificate, anchor.Settings, anchor.Index);
            }
            else
            {
                broken = anchor.Source;
            }
        }

        return read;
    }

    private void Add(DecodedCertificate certificate, TrustSettings? settings, int index)
    {
        if (Contains(certificate))
        {
            return;
        }

        var anchor = new TrustAnchor(certificate, settings, index, _source);
        _anchors.Add(anchor);
        if (!_bySubject.TryGetValue(certificate.Subject, out var sameSubject))
        {
            _bySubject.Add(certificate.Subject, sameSubject = []);
        }

        sameSubject.Add(anchor);
    }
}
