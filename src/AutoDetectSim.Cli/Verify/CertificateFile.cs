using System.Formats.Asn1;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;
using AutoDetectSim.Certificates.Validation.Decoding;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Evidence;
using AutoDetectSim.Documents.Files;

namespace AutoDetectSim.Cli.Verify;

/// <summary>Reads presented certificates from a file in any of the forms that people have: PEM, DER, PKCS#7, PFX, or the output of openssl s_client and others.</summary>
internal static partial class CertificateFile
{
    private const int MaximumSize = 64 * 1024 * 1024;
    private const string SignedData = "1.2.840.113549.1.7.2";

    /// <summary>The lists of presented certificates of a file, one for each connection that it tells of.</summary>
    /// <param name="path">The file.</param>
    /// <param name="password">The password of a PFX file, or null.</param>
    /// <exception cref="InputException">The file cannot be read, or holds no certificate; the message says how to convert it where that helps.</exception>
    public static IReadOnlyList<PresentedList> Read(string path, string? password)
    {
        byte[] bytes;
        try
        {
            bytes = InputFile.Read(path, MaximumSize);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: {exception.Message}");
        }

        return Parse(bytes, path, password);
    }

    /// <summary>The lists of presented certificates of a file's content.</summary>
    /// <param name="bytes">The content.</param>
    /// <param name="path">What messages call it.</param>
    /// <param name="password">The password of a PFX file, or null.</param>
    /// <exception cref="InputException">It holds no certificate.</exception>
    internal static IReadOnlyList<PresentedList> Parse(byte[] bytes, string path, string? password) =>
        bytes is [0x30, ..] ? [ReadBinary(path, bytes, password)] : ReadText(path, Decode(bytes));

    private static List<PresentedList> ReadText(string path, string text)
    {
        if (Connection().Count(text) > 0)
        {
            return ReadConnections(path, text);
        }

        var presented = new List<ReadOnlyMemory<byte>>();
        if (PemCertificates.TryRead(text, presented))
        {
            return [new PresentedList(null, null, presented, null)];
        }

        var remainder = text.AsSpan();
        while (PemEncoding.TryFind(remainder, out var block))
        {
            if (remainder[block.Label] is "PKCS7" or "CMS" && ReadSignedData(Convert.FromBase64String(remainder[block.Base64Data].ToString())) is { Count: > 0 } found)
            {
                return [InOrder(found, "PKCS#7")];
            }

            remainder = remainder[block.Location.End..];
        }

        throw new InputException($"{path}: contains no certificate. Expected: PEM (-----BEGIN CERTIFICATE-----), DER, PKCS#7, PFX, or the output of openssl s_client -showcerts.");
    }

    /// <summary>Output of programs: certificates belong to the connection on which they came.</summary>
    private static List<PresentedList> ReadConnections(string path, string text)
    {
        try
        {
            var calls = EvidenceReader.Parse(text, Path.GetFileName(path)).Calls;
            var lists = calls
                .Select(call => (call.Host, call.Line, Certificates: call.Sent.Select(sent => sent.Der).OfType<ReadOnlyMemory<byte>>().ToList()))
                .Where(call => call.Certificates.Count > 0)
                .Select(call => new PresentedList(call.Host, call.Line, call.Certificates, null))
                .ToList();
            return lists.Count > 0 ? lists : throw new InputException($"{path}: shows connections, but not the certificates themselves. Repeat openssl s_client with -showcerts.");
        }
        catch (EvidenceException exception)
        {
            throw new InputException(exception.Message);
        }
    }

    private static PresentedList ReadBinary(string path, byte[] bytes, string? password)
    {
        var presented = new List<ReadOnlyMemory<byte>>();
        ReadOnlyMemory<byte> remainder = bytes;
        while (remainder.Length > 0 && DecodedCertificate.TryDecode(remainder, out var length, out _) is not null && length > 0)
        {
            presented.Add(remainder[..length]);
            remainder = remainder[length..];
        }

        if (presented.Count > 0)
        {
            return new PresentedList(null, null, presented, null);
        }

        return ReadSignedData(bytes) is { Count: > 0 } signed ? InOrder(signed, "PKCS#7") : InOrder(ReadPfx(path, bytes, password), "PFX");
    }

    private static List<ReadOnlyMemory<byte>> ReadSignedData(byte[] bytes)
    {
        try
        {
            if (ContentInfo.GetContentType(bytes).Value != SignedData)
            {
                return [];
            }

            var cms = new SignedCms();
            cms.Decode(bytes);
            return [.. cms.Certificates.Select(certificate => (ReadOnlyMemory<byte>)certificate.RawData)];
        }
        catch (Exception exception) when (exception is CryptographicException or AsnContentException)
        {
            return [];
        }
    }

    /// <summary>Certificates of a PFX file. Keys are not opened, and nothing gets into a store.</summary>
    private static List<ReadOnlyMemory<byte>> ReadPfx(string path, byte[] bytes, string? password)
    {
        RefuseCostly(path, bytes, password);
        Pkcs12Info pfx;
        try
        {
            pfx = Pkcs12Info.Decode(bytes, out _);
        }
        catch (Exception exception) when (exception is CryptographicException or AsnContentException)
        {
            throw new InputException($"{path}: is binary, but not DER, PKCS#7 or PFX. If it is a certificate in another form, convert it: openssl x509 -in {path} -out {path}.pem");
        }

        try
        {
            var found = new List<ReadOnlyMemory<byte>>();
            if (pfx.IntegrityMode == Pkcs12IntegrityMode.Password && !pfx.VerifyMac(password) && !(password is null && pfx.VerifyMac("")))
            {
                throw new InputException(password is null ? $"{path}: the PFX file has a password; give it with --password." : $"{path}: the password does not open the PFX file.");
            }

            foreach (var contents in pfx.AuthenticatedSafe)
            {
                if (contents.ConfidentialityMode == Pkcs12ConfidentialityMode.Password)
                {
                    contents.Decrypt(password ?? "");
                }

                found.AddRange(contents.GetBags().OfType<Pkcs12CertBag>().Where(bag => bag.IsX509Certificate).Select(bag => (ReadOnlyMemory<byte>)bag.GetCertificate().RawData));
            }

            return found.Count > 0 ? found : throw new InputException($"{path}: the PFX file holds no certificate.");
        }
        catch (Exception exception) when (exception is CryptographicException or AsnContentException)
        {
            throw new InputException($"{path}: the PFX file cannot be opened. Convert it: openssl pkcs12 -in {path} -nokeys -legacy -out {path}.pem");
        }
    }

    /// <summary>The file says how often its password is hashed: billions of times would take hours.</summary>
    private static void RefuseCostly(string path, byte[] bytes, string? password)
    {
        try
        {
            foreach (var certificate in X509CertificateLoader.LoadPkcs12Collection(bytes, password, X509KeyStorageFlags.DefaultKeySet, new Pkcs12LoaderLimits { IgnorePrivateKeys = true }))
            {
                certificate.Dispose();
            }
        }
        catch (Pkcs12LoadLimitExceededException)
        {
            throw new InputException($"{path}: the PFX file takes too much work to open. Convert it: openssl pkcs12 -in {path} -nokeys -legacy -out {path}.pem");
        }
        catch (Exception exception) when (exception is CryptographicException or AsnContentException)
        {
            // What else is wrong with it is found out, and said, when it is read.
        }
    }

    /// <summary>Neither form keeps an order that a server would send.</summary>
    private static PresentedList InOrder(IReadOnlyList<ReadOnlyMemory<byte>> certificates, string form) => new(
        null,
        null,
        ChainOrder.Of(certificates)?.Right ?? certificates,
        string.Create(CultureInfo.InvariantCulture, $"The order of certificates in a {form} file means nothing: they are judged with the server's own first, as a server would send them."));

    private static string Decode(byte[] bytes) => bytes switch
    {
        [0xFF, 0xFE, ..] => Encoding.Unicode.GetString(bytes, 2, bytes.Length - 2),
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode.GetString(bytes, 2, bytes.Length - 2),
        _ => Encoding.UTF8.GetString(bytes),
    };

    [GeneratedRegex(@"^\W{0,8}(CONNECTED\(|Certificate chain\s*$|- Certificate\[0\] info)", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Connection();
}

/// <summary>The certificates of one connection.</summary>
/// <param name="Host">The host that was connected to, or null where the file does not tell.</param>
/// <param name="Line">The first line of the connection, or null.</param>
/// <param name="Certificates">The certificates in wire order, DER.</param>
/// <param name="Note">What the reader should know, or null.</param>
internal sealed record PresentedList(string? Host, int? Line, IReadOnlyList<ReadOnlyMemory<byte>> Certificates, string? Note);
