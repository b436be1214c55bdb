using System.Security.Cryptography;
using AutoDetectSim.CertsGen;
using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Documents;
using AutoDetectSim.Issuing;

namespace AutoDetectSim.Cli.Export;

/// <summary>The files of a folder with the PKI of a lab. They are all in one level, with names that a Kubernetes Secret takes as keys.</summary>
internal static class LabPkiFiles
{
    /// <summary>Makes the files, the manifest last.</summary>
    public static IReadOnlyList<PkiFile> Of(LabPkiContent content)
    {
        var names = new FileNames();
        var files = new List<PkiFile> { PkiFile.Text(LabPkiManifest.RootsName, content.RootsPem) };
        var keys = new List<LabPkiKeyFile>();
        var certificates = new List<LabPkiCertificateFile>();
        foreach (var (owner, archive) in new[] { (LabPkiOwner.Customer, content.Customer), (LabPkiOwner.Services, content.Services) })
        {
            var prefix = CamelCase<LabPkiOwner>.Of(owner);
            foreach (var (name, der) in archive.Certificates.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            {
                var file = names.For($"{prefix}-{name}") + ".pem";
                files.Add(PkiFile.Text(file, PemEncoding.WriteString("CERTIFICATE", der.Span) + "\n"));
                certificates.Add(new LabPkiCertificateFile { Pki = owner, Name = name, File = file, Sha256 = Convert.ToHexStringLower(SHA256.HashData(der.Span)) });
            }

            foreach (var ((name, algorithm), pem) in archive.Keys.OrderBy(entry => entry.Key.Name, StringComparer.Ordinal).ThenBy(entry => entry.Key.Algorithm))
            {
                var word = CamelCase<KeyAlgorithm>.Of(algorithm);
                var file = names.For($"{prefix}-{name}-{word}") + ".key.pem";
                using var key = PkiArchive.Import(pem, algorithm);
                files.Add(PkiFile.Text(file, pem, secret: true));
                keys.Add(new LabPkiKeyFile { Pki = owner, Name = name, Algorithm = word, File = file, PublicKeySha256 = PkiArchive.PrintOf(key) });
            }
        }

        var manifest = new LabPkiManifest
        {
            Kind = LabPkiManifest.KindName,
            Scenario = content.Scenario.Name,
            Seed = content.Scenario.Seed,
            ScenarioPrint = LabPkiContent.PrintOf(content.Scenario),
            Created = content.Customer.Start,
            Keys = keys,
            Certificates = certificates,
            Files = [.. files.Select(file => file.Path), LabPkiManifest.FileName],
        };
        return [.. files, new PkiFile(LabPkiManifest.FileName, [.. ReadableJson.Bytes(manifest, LabPkiManifestJson.Default.LabPkiManifest).Span])];
    }
}
