using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Documents;
using AutoDetectSim.Documents.Files;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Issuing;

/// <summary>A folder with the PKI of a lab, which any number of processes present alike.</summary>
internal sealed class LabPkiFolder
{
    /// <summary>How long a folder can be used: certificates are valid for a year unless the scenario says otherwise.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(330);

    private const int MaximumManifest = 16 * 1024 * 1024;

    private readonly string _path;
    private readonly LabPkiManifest _manifest;

    private LabPkiFolder(string path, LabPkiManifest manifest, PkiArchive customer, PkiArchive services)
    {
        _path = path;
        _manifest = manifest;
        Customer = customer;
        Services = services;
    }

    /// <summary>The PKI of the scenario.</summary>
    public PkiArchive Customer { get; }

    /// <summary>The PKI of the lab's own services.</summary>
    public PkiArchive Services { get; }

    /// <summary>Makes the key with which Entra signs tokens, for one lab; null: the folder has none.</summary>
    public RSA? TokenKey() => LabPkiContent.TokenKey(Services);

    private string ManifestPath => Path.Combine(_path, LabPkiManifest.FileName);

    /// <summary>Reads a folder, and checks every file in it.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="now">The present time.</param>
    /// <exception cref="LabPkiFolderException">It is not such a folder, or a file in it is missing or is another one; the message names the file.</exception>
    public static LabPkiFolder Read(string path, DateTimeOffset now)
    {
        var manifest = ReadManifest(path);
        if (now - manifest.Created > Lifetime)
        {
            throw new LabPkiFolderException(string.Create(
                CultureInfo.InvariantCulture, $"{Path.Combine(path, LabPkiManifest.FileName)}: these certificates were issued on {manifest.Created:yyyy-MM-dd} and can be used for {Lifetime.TotalDays:0} days. Export them again: autodetectsim export pki."));
        }

        return new LabPkiFolder(path, manifest, Archive(path, manifest, LabPkiOwner.Customer), Archive(path, manifest, LabPkiOwner.Services));
    }

    /// <summary>Refuses a scenario that the folder was not made for.</summary>
    /// <exception cref="LabPkiFolderException">It is another one.</exception>
    public void ThrowIfOthers(Scenario scenario)
    {
        if (!string.Equals(scenario.Name, _manifest.Scenario, StringComparison.Ordinal))
        {
            throw new LabPkiFolderException($"{ManifestPath}: this PKI was exported from the scenario {_manifest.Scenario}, not {scenario.Name}.");
        }

        if (scenario.Seed != _manifest.Seed)
        {
            throw new LabPkiFolderException(string.Create(CultureInfo.InvariantCulture, $"{ManifestPath}: this PKI was exported with the seed {_manifest.Seed}; the scenario {scenario.Name} now has {scenario.Seed}."));
        }

        if (!string.Equals(LabPkiContent.PrintOf(scenario), _manifest.ScenarioPrint, StringComparison.Ordinal))
        {
            throw new LabPkiFolderException($"{ManifestPath}: the scenario {scenario.Name} has changed since this PKI was exported. Export it again: autodetectsim export pki.");
        }
    }

    private static LabPkiManifest ReadManifest(string path)
    {
        var file = Path.Combine(path, LabPkiManifest.FileName);
        try
        {
            var manifest = StrangersJson.Read(InputFile.Read(file, MaximumManifest), LabPkiManifestJson.Default.LabPkiManifest);
            if (manifest is null || !string.Equals(manifest.Kind, LabPkiManifest.KindName, StringComparison.Ordinal))
            {
                throw NotManifest(file);
            }

            return manifest.Keys.Select(key => key.File).Concat(manifest.Certificates.Select(certificate => certificate.File)).FirstOrDefault(name => Path.GetFileName(name) != name || name.Length == 0) is { } outside
                ? throw new LabPkiFolderException($"{file}: '{outside}' is not the name of a file in this folder.")
                : manifest;
        }
        catch (JsonException)
        {
            throw NotManifest(file);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new LabPkiFolderException($"{file}: file not found; --pki requires a folder made by autodetectsim export pki.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LabPkiFolderException($"{file}: {exception.Message}");
        }
    }

    private static LabPkiFolderException NotManifest(string file) =>
        new($"{file}: this is not the manifest of a folder made by autodetectsim export pki.");

    private static PkiArchive Archive(string path, LabPkiManifest manifest, LabPkiOwner owner)
    {
        var keys = new Dictionary<(string Name, KeyAlgorithm Algorithm), string>();
        foreach (var key in manifest.Keys.Where(key => key.Pki == owner))
        {
            var algorithm = Enum.TryParse<KeyAlgorithm>(key.Algorithm, ignoreCase: true, out var known) && Enum.IsDefined(known)
                ? known
                : throw new LabPkiFolderException($"{Path.Combine(path, LabPkiManifest.FileName)}: unknown key algorithm '{key.Algorithm}' of {key.File}.");
            keys[(key.Name, algorithm)] = ReadKey(Path.Combine(path, key.File), algorithm, key.PublicKeySha256);
        }

        var certificates = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        foreach (var certificate in manifest.Certificates.Where(certificate => certificate.Pki == owner))
        {
            certificates[certificate.Name] = ReadCertificate(Path.Combine(path, certificate.File), certificate.Sha256);
        }

        return new PkiArchive { Start = manifest.Created, Keys = keys, Certificates = certificates };
    }

    private static string ReadKey(string file, KeyAlgorithm algorithm, string print)
    {
        try
        {
            var pem = InputFile.ReadText(file, PemFile.MaximumSize);
            using var key = PkiArchive.Import(pem, algorithm);
            return string.Equals(PkiArchive.PrintOf(key), print, StringComparison.OrdinalIgnoreCase)
                ? pem
                : throw new LabPkiFolderException($"{file}: this is not the private key that {LabPkiManifest.FileName} lists.");
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            throw new LabPkiFolderException($"{file}: not a private key of the form {algorithm} (PKCS #8, PEM).");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(file, exception);
        }
    }

    private static ReadOnlyMemory<byte> ReadCertificate(string file, string hash)
    {
        try
        {
            var read = PemFile.Parse(InputFile.ReadText(file, PemFile.MaximumSize), file);
            if (read.Certificates is not [var certificate])
            {
                throw new LabPkiFolderException($"{file}: expected one certificate (PEM).");
            }

            return string.Equals(Convert.ToHexStringLower(SHA256.HashData(certificate.Der.Span)), hash, StringComparison.OrdinalIgnoreCase)
                ? certificate.Der
                : throw new LabPkiFolderException($"{file}: this is not the certificate that {LabPkiManifest.FileName} lists.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(file, exception);
        }
    }

    private static LabPkiFolderException Unreadable(string file, Exception exception) =>
        new($"{file}: {(exception is FileNotFoundException or DirectoryNotFoundException ? "file not found" : exception.Message)}");
}

/// <summary>A folder does not have the PKI that it should; the message names the file.</summary>
/// <param name="message">What is wrong.</param>
internal sealed class LabPkiFolderException(string message) : Exception(message);
