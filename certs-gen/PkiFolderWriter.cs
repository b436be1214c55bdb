using System.Text.Json;
using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Certificates.Validation;

namespace AutoDetectSim.CertsGen;

/// <summary>Writes a PKI to a folder: for every server the chain exactly as presented, and what real servers and clients need to use it.</summary>
internal static class PkiFolderWriter
{
    /// <summary>Makes every certificate and writes the folder.</summary>
    /// <param name="folder">What to write.</param>
    /// <param name="path">Where to.</param>
    /// <param name="force">Whether a folder that is not empty may be written to.</param>
    /// <returns>The paths that were written, relative to the folder.</returns>
    /// <exception cref="FolderException">The folder is not empty, or writing failed; it is as it was.</exception>
    public static IReadOnlyList<string> Write(PkiFolder folder, string path, bool force)
    {
        var files = Files(folder);
        FolderTransaction.Write(path, files, force);
        return [.. files.Select(file => file.Path)];
    }

    /// <summary>Makes the content of the folder.</summary>
    /// <param name="folder">What to write.</param>
    /// <returns>The files.</returns>
    public static IReadOnlyList<PkiFile> Files(PkiFolder folder)
    {
        var chains = folder.Pki.PresentAll([.. folder.Servers.Select(server => server.Present)]);
        var names = new FileNames();
        var judge = new StrictPathValidator();
        var anchors = TrustAnchors.FromDer(folder.Pki.TrustAnchors.Select(anchor => anchor.Der));
        var servers = folder.Servers.Zip(chains, (server, chain) => new ServerFiles(server, chain, "servers/" + names.For(server.Name))
        {
            Shape = folder.Pki.ShapeOf(server.Present),
            Verdict = judge.Validate([.. chain.Certificates.Select(certificate => certificate.Der)], anchors, server.Hosts.FirstOrDefault(host => !host.StartsWith('*')), folder.Pki.Start).NodeCode,
        }).ToList();
        names = new FileNames();
        var authorities = folder.Authorities.Select(authority => new AuthorityFiles(authority, folder.Pki.Get(authority.Name), "authorities/" + names.For(authority.Name))).ToList();

        var files = new List<PkiFile> { PkiFile.Text("roots.pem", string.Concat(folder.Pki.TrustAnchors.Select(anchor => anchor.ToPem()))) };
        files.AddRange(authorities.SelectMany(authority => FilesOf(authority, folder.Pki)));
        // A thousand nodes with one chain need the slow part, the PFX, only once.
        var pfx = new Dictionary<PresentedChain, byte[]>();
        files.AddRange(servers.SelectMany(server => FilesOf(server, folder, pfx)));
        files.AddRange(folder.Keys ? ServerConfigurations.Of(servers) : []);
        files.Add(PkiFile.Text("README.md", ReadMe.Write(folder, servers, authorities)));
        files.Add(ManifestOf(folder, servers, [.. files.Select(file => file.Path), FolderTransaction.ManifestName]));
        return files;
    }

    private static IEnumerable<PkiFile> FilesOf(AuthorityFiles authority, LabPki pki)
    {
        yield return PkiFile.Text(authority.Path + ".pem", authority.Certificate.ToPem());
        yield return new PkiFile(authority.Path + ".cer", authority.Certificate.Der.ToArray());
        if (authority.Recipe.CrlUrl is { } url && pki.TryGetRevocationList(url, out var list))
        {
            yield return new PkiFile(authority.Path + ".crl", list.ToArray());
        }
    }

    private static IEnumerable<PkiFile> FilesOf(ServerFiles server, PkiFolder folder, Dictionary<PresentedChain, byte[]> pfx)
    {
        var chain = server.Chain;
        yield return PkiFile.Text(server.Path + "/chain.pem", chain.ToPem());
        yield return PkiFile.Text(server.Path + "/certificate.pem", chain.Leaf.ToPem());
        if (chain.Certificates.Count > 1)
        {
            yield return PkiFile.Text(server.Path + "/after-first.pem", string.Concat(chain.Certificates.Skip(1).Select(certificate => certificate.ToPem())));
        }

        if (folder.Keys)
        {
            yield return PkiFile.Text(server.Path + "/key.pem", chain.PrivateKey.ExportPkcs8PrivateKeyPem() + "\n", secret: true);
        }

        if (folder.PfxPassword is { } password)
        {
            if (!pfx.TryGetValue(chain, out var content))
            {
                pfx.Add(chain, content = Pfx.Write(chain, password));
            }

            yield return new PkiFile(server.Path + "/server.pfx", content, Secret: true);
        }
    }

    private static PkiFile ManifestOf(PkiFolder folder, IEnumerable<ServerFiles> servers, IReadOnlyList<string> paths)
    {
        var manifest = new Manifest
        {
            Title = folder.Title,
            Created = folder.Pki.Start,
            Servers =
            [
                .. servers.Select(server => new ManifestServer
                {
                    Name = server.Server.Name,
                    Folder = server.Path,
                    Hosts = server.Server.Hosts,
                    Shape = server.Shape is { } shape ? ChainShapes.NameOf(shape) : null,
                    StrictVerdict = server.Verdict,
                    Presents = [.. server.Chain.Certificates.Select(certificate => certificate.Name)],
                }),
            ],
            Files = paths,
        };
        return new PkiFile(FolderTransaction.ManifestName, JsonSerializer.SerializeToUtf8Bytes(manifest, Manifest.Json));
    }
}

/// <param name="Server">The server.</param>
/// <param name="Chain">What it presents.</param>
/// <param name="Path">Its folder, relative, with forward slashes.</param>
internal sealed record ServerFiles(PkiServer Server, PresentedChain Chain, string Path)
{
    /// <summary>The shape that the chain has, or null if it has none with a name.</summary>
    public ChainShape? Shape { get; init; }

    /// <summary>The verdict of a strict client that trusts the roots, for the first host: <c>OK</c> or Node's error code.</summary>
    public required string Verdict { get; init; }
}

/// <param name="Recipe">The recipe.</param>
/// <param name="Certificate">The certificate.</param>
/// <param name="Path">Its files' path without the extension.</param>
internal sealed record AuthorityFiles(AuthorityRecipe Recipe, IssuedCertificate Certificate, string Path);
