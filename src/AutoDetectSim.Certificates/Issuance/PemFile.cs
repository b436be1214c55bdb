using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AutoDetectSim.Certificates.Issuance;

/// <summary>What a PEM file (RFC 7468) holds, and all its problems.</summary>
public sealed class PemFile
{
    /// <summary>Files above this size are not read; in bytes.</summary>
    public const int MaximumSize = 1024 * 1024;

    private const int MaximumCertificates = 200;
    private const string Begin = "-----BEGIN ";

    private readonly List<PemCertificate> _certificates = [];
    private readonly List<PemProblem> _problems = [];
    private string? _keyPem;

    private PemFile(string path) => Path = path;

    /// <summary>The path that was read.</summary>
    public string Path { get; }

    /// <summary>The certificates in file order.</summary>
    public IReadOnlyList<PemCertificate> Certificates => _certificates;

    /// <summary>Whether the file has a usable private key.</summary>
    public bool HasPrivateKey => _keyPem is not null;

    /// <summary>All problems, in file order; empty for a valid file.</summary>
    public IReadOnlyList<PemProblem> Problems => _problems;

    /// <summary>Reads a file. All errors, including a missing file, become problems, not exceptions.</summary>
    /// <param name="path">The file.</param>
    /// <returns>What it holds.</returns>
    public static PemFile Read(string path)
    {
        var file = new PemFile(path);
        try
        {
            // Devices and pipes have no length; opening one could wait for ever, and reading one never end.
            if (!Directory.Exists(path) && File.Exists(path) && ((FileInfo?)File.ResolveLinkTarget(path, returnFinalTarget: true) ?? new FileInfo(path)).Length == 0)
            {
                file.Add(1, "the file is empty, or is not a regular file");
                return file;
            }

            using var stream = File.OpenRead(path);
            if (stream.Length > MaximumSize)
            {
                file.Add(1, $"the file is larger than {MaximumSize / 1024} KiB");
                return file;
            }

            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            file.Parse(bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            file.Add(1, e is FileNotFoundException or DirectoryNotFoundException ? "file not found" : $"the file cannot be read: {e.Message}");
        }

        return file;
    }

    /// <summary>A file that is not read, because of its name.</summary>
    /// <param name="path">The file.</param>
    /// <param name="reason">Why it is not read.</param>
    /// <returns>A file without content that has this problem.</returns>
    internal static PemFile Refused(string path, string reason)
    {
        var file = new PemFile(path);
        file.Add(1, reason);
        return file;
    }

    /// <summary>Reads PEM text that is already in memory.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">What to call it in problems.</param>
    /// <returns>What it holds.</returns>
    public static PemFile Parse(string text, string name = "PEM")
    {
        ArgumentNullException.ThrowIfNull(text);
        var file = new PemFile(name);
        file.ParseText(text);
        return file;
    }

    /// <summary>Makes the private key.</summary>
    /// <returns>A new <see cref="ECDsa"/> or <see cref="RSA"/>, which belongs to the caller.</returns>
    /// <exception cref="InvalidOperationException">The file holds no usable private key.</exception>
    public AsymmetricAlgorithm CreatePrivateKey() =>
        (_keyPem is null ? null : ImportKey(_keyPem)) ?? throw new InvalidOperationException($"{Path} has no usable private key.");

    internal static bool Matches(AsymmetricAlgorithm key, X509Certificate2 certificate)
    {
        var publicKey = key is ECDsa ecdsa ? new PublicKey(ecdsa) : new PublicKey((RSA)key);
        return publicKey.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(certificate.PublicKey.ExportSubjectPublicKeyInfo());
    }

    private static AsymmetricAlgorithm? ImportKey(string pem)
    {
        AsymmetricAlgorithm ecdsa = ECDsa.Create();
        if (TryImport(ecdsa, pem))
        {
            return ecdsa;
        }

        AsymmetricAlgorithm rsa = RSA.Create();
        return TryImport(rsa, pem) ? rsa : null;
    }

    private static bool TryImport(AsymmetricAlgorithm key, string pem)
    {
        try
        {
            key.ImportFromPem(pem);
            // A key on a curve that the platform lacks only fails when it is used.
            _ = key is ECDsa ecdsa ? ecdsa.ExportSubjectPublicKeyInfo() : ((RSA)key).ExportSubjectPublicKeyInfo();
            return true;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or PlatformNotSupportedException)
        {
            key.Dispose();
            return false;
        }
    }

    private void Parse(byte[] bytes)
    {
        if (bytes is [0x30, >= 0x80, ..])
        {
            Add(1, "the file is in binary form (DER or PFX), not PEM; convert it with openssl x509 -inform der -in FILE, or openssl pkcs12 -nodes -in FILE");
            return;
        }

        // UTF-16 is what older Windows tools write when their output is redirected.
        var text = bytes is [0xFF, 0xFE, ..] ? System.Text.Encoding.Unicode.GetString(bytes) : System.Text.Encoding.UTF8.GetString(bytes);
        ParseText(text);
    }

    private void ParseText(string text)
    {
        var line = 1;
        var counted = 0;
        var position = 0;
        var blocks = 0;
        while ((position = text.IndexOf(Begin, position, StringComparison.Ordinal)) >= 0)
        {
            line += text.AsSpan(counted, position - counted).Count('\n');
            counted = position;
            var next = text.IndexOf(Begin, position + Begin.Length, StringComparison.Ordinal);
            var block = text[position..(next < 0 ? text.Length : next)];
            position += Begin.Length;
            blocks++;
            ReadBlock(block, line);
        }

        if (blocks == 0)
        {
            Add(1, "the file has no PEM block (-----BEGIN CERTIFICATE-----)");
        }
    }

    private void ReadBlock(string block, int line)
    {
        var labelEnd = block.IndexOf("-----", Begin.Length, StringComparison.Ordinal);
        var label = labelEnd < 0 ? "" : block[Begin.Length..labelEnd];
        if (label is "ENCRYPTED PRIVATE KEY" || block.Contains("Proc-Type: 4,ENCRYPTED", StringComparison.Ordinal))
        {
            Add(line, "the private key is encrypted; remove the password with openssl pkey -in FILE -out PLAIN");
            return;
        }

        if (!PemEncoding.TryFind(block, out var fields) || fields.Location.Start.Value != 0)
        {
            Add(line, $"the block '{Shorten(label)}' is damaged: its end line is missing or differs, or its content is not base64");
            return;
        }

        switch (label)
        {
            case "CERTIFICATE" or "X509 CERTIFICATE":
                ReadCertificate(Convert.FromBase64String(block[fields.Base64Data]), line);
                break;
            case "PRIVATE KEY" or "EC PRIVATE KEY" or "RSA PRIVATE KEY":
                ReadKey(block[fields.Location], line);
                break;
            case "EC PARAMETERS" or "DH PARAMETERS":
                break;
            default:
                Add(line, $"unexpected block '{Shorten(label)}'; only certificates and one private key are allowed");
                break;
        }
    }

    private void ReadCertificate(byte[] der, int line)
    {
        if (_certificates.Count == MaximumCertificates)
        {
            Add(line, $"the file has more than {MaximumCertificates} certificates");
        }

        if (_certificates.Count >= MaximumCertificates)
        {
            return;
        }

        try
        {
            using var certificate = X509CertificateLoader.LoadCertificate(der);
            if (certificate.RawDataMemory.Length != der.Length)
            {
                Add(line, "the certificate is followed by bytes that do not belong to it");
                return;
            }

            _certificates.Add(new PemCertificate
            {
                Der = der,
                Line = line,
                IsSelfIssued = certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData),
            });
        }
        catch (CryptographicException)
        {
            Add(line, "the content of the CERTIFICATE block is not an X.509 certificate");
        }
    }

    private void ReadKey(string pem, int line)
    {
        if (_keyPem is not null)
        {
            Add(line, "the file has more than one private key");
            return;
        }

        using var key = ImportKey(pem);
        if (key is null)
        {
            Add(line, "the private key must be an RSA key or an EC key on a curve that this system supports");
            return;
        }

        _keyPem = pem;
    }

    private void Add(int line, string message) => _problems.Add(new PemProblem { Path = Path, Line = line, Message = message });

    private static string Shorten(string label) => label.Length <= 40 ? label : string.Concat(label.AsSpan(0, 40), "...");
}

/// <summary>One certificate of a PEM file.</summary>
public sealed record PemCertificate
{
    /// <summary>The DER encoding.</summary>
    public required ReadOnlyMemory<byte> Der { get; init; }

    /// <summary>The line of the block's first line, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>Whether subject and issuer are the same name.</summary>
    public required bool IsSelfIssued { get; init; }
}

/// <summary>One problem of a PEM file.</summary>
public sealed record PemProblem
{
    /// <summary>The file.</summary>
    public required string Path { get; init; }

    /// <summary>The line, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>The problem, in one sentence without a full stop.</summary>
    public required string Message { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Path}, line {Line}: {Message}";
}
