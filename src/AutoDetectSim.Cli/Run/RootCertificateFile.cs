using System.Text;
using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Documents.Files;

namespace AutoDetectSim.Cli.Run;

/// <summary>The lab's trust anchors in files that live as long as the lab. Certificates only: no key is written.</summary>
internal sealed class RootCertificateFile : IDisposable
{
    private const string RootName = "root.pem";
    private const string TrustStoreName = "root.p12";

    private readonly OwnedFolder _folder;
    private readonly OutputFile? _file;

    /// <summary>Writes the files.</summary>
    /// <param name="lab">The lab.</param>
    /// <param name="folder">The folder for the files, which is disposed with them.</param>
    /// <param name="file">The PEM file; null: one in the folder.</param>
    /// <exception cref="OutputFileException">They cannot be written.</exception>
    public RootCertificateFile(Lab lab, OwnedFolder folder, OutputFile? file = null)
    {
        _folder = folder;
        _file = file;
        try
        {
            TrustStore = folder.Write(TrustStoreName, JavaTrustStore.Write(lab.TrustAnchors));
            // After the last certificate: programs read no further.
            var roots = Encoding.ASCII.GetBytes(ContentSeal.Comment.Seal($"{lab.RootCertificatesPem.TrimEnd()}\n# {ProcessMark.Mine}\n"));
            if (file is null)
            {
                Path = folder.Write(RootName, roots);
            }
            else
            {
                file.Write(roots);
                Path = file.Path;
            }
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>The names of the files in the folder.</summary>
    public static IReadOnlyList<string> Names { get; } = [RootName, TrustStoreName];

    /// <summary>PEM files of roots. A bundle into which such a file was copied is the user's.</summary>
    public static OutputKind Kind { get; } = new("root file")
    {
        IsOurs = text => text.StartsWith("-----BEGIN CERTIFICATE-----", StringComparison.Ordinal) && ContentSeal.Comment.IsOn(text) && ProcessMark.OwnerOf(text) == MarkedOwner.Ended,
    };

    public string Path { get; }

    /// <summary>The same as a trust store for Java.</summary>
    public string TrustStore { get; }

    public void Dispose()
    {
        _folder.Dispose();
        if (_file?.Delete() is { } problem)
        {
            Notice.WriteLine(problem);
        }
    }
}
