using System.Security.Cryptography.X509Certificates;

namespace AutoDetectSim.Certificates.Issuance;

/// <content>The way of a PKI to other processes.</content>
public sealed partial class LabPki
{
    /// <summary>Makes the PKI of a lab from keys and certificates that exist already; what the archive lacks is issued as of its start.</summary>
    /// <exception cref="LabPkiException">The definition has problems; the message lists all of them.</exception>
    internal static LabPki Create(LabPkiDefinition definition, TimeProvider time, PkiArchive archive)
    {
        var pki = Create(definition, time, new PkiResources(archive), archive.Start);
        pki.Adopt(archive);
        return pki;
    }

    /// <summary>Takes the certificates of an archive that this PKI has names for, and has not made yet.</summary>
    internal void Adopt(PkiArchive archive)
    {
        foreach (var (name, der) in archive.Certificates)
        {
            if (IsIssued(name))
            {
                var adopted = new Lazy<IssuedCertificate>(() => new IssuedCertificate(name, _resources.Keep(X509CertificateLoader.LoadCertificate(der.Span))));
                if (_certificates.TryAdd(name, adopted))
                {
                    // What is made is what revisions take over.
                    _ = adopted.Value;
                }
            }
        }
    }

    /// <summary>The keys and certificates that have been made so far; those that come from files are not among them.</summary>
    internal PkiArchive ToArchive() => new()
    {
        Start = Start,
        Keys = _resources.Keys.Made.ToDictionary(made => (made.Name, made.Key.Algorithm), made => made.Key.Key.ExportPkcs8PrivateKeyPem() + "\n"),
        Certificates = _certificates.Where(entry => entry.Value.IsValueCreated && IsIssued(entry.Key)).ToDictionary(entry => entry.Key, entry => entry.Value.Value.Der, StringComparer.Ordinal),
    };

    private bool IsIssued(string name) => _book.FindAuthority(name) is not null || _book.FindCertificate(name) is { File: null };
}
