using System.Security.Cryptography.X509Certificates;

namespace AutoDetectSim.Certificates.Issuance;

/// <summary>Checks the members of one authority or certificate, each on its own.</summary>
internal sealed class MemberChecks(PkiItem item, string name, DateTimeOffset start, ICollection<PkiProblem> problems)
{
    private const int MaximumExtension = 64 * 1024;

    public void Add(string member, string message, int? index = null) =>
        problems.Add(new PkiProblem { Item = item, Name = name, Member = member, Index = index, Message = message });

    public void Subject(string? subject, bool mayBeEmpty)
    {
        if (subject is not null && !(mayBeEmpty && subject.Length == 0) && !DistinguishedNames.TryParse(subject, out _))
        {
            Add(nameof(AuthorityRecipe.Subject), $"'{subject}' is not a distinguished name such as CN=Contoso Lab CA, O=AutoDetectSim");
        }
    }

    public void Key(KeyAlgorithm key)
    {
        if (!Enum.IsDefined(key))
        {
            Add(nameof(AuthorityRecipe.Key), $"'{key}' is not a key algorithm");
        }
    }

    public void Window(string? notBefore, string defaultNotBefore, string? notAfter, string defaultNotAfter)
    {
        var sound = CheckBound(nameof(AuthorityRecipe.NotBefore), notBefore) & CheckBound(nameof(AuthorityRecipe.NotAfter), notAfter);
        if (!sound)
        {
            return;
        }

        var (from, to) = ValidityWindow.Resolve(start, notBefore, defaultNotBefore, notAfter, defaultNotAfter);
        if (from > to)
        {
            Add(nameof(AuthorityRecipe.NotAfter), $"validity ends ({to:u}) before it begins ({from:u})");
        }
    }

    private bool CheckBound(string member, string? text)
    {
        if (text is null || ValidityBound.TryParse(text, out _, out var error))
        {
            return true;
        }

        Add(member, error);
        return false;
    }

    public void Usages(IReadOnlyList<string> usages)
    {
        for (var i = 0; i < usages.Count; i++)
        {
            if (!ExtendedKeyUsages.TryParse(usages[i], out _))
            {
                Add(nameof(AuthorityRecipe.ExtendedKeyUsage), $"'{usages[i]}' is neither a dotted OID nor one of {ExtendedKeyUsages.KnownNames}", i);
            }
        }
    }

    public void Hash(SignatureHash? hash)
    {
        if (hash is { } value && !Enum.IsDefined(value))
        {
            Add(nameof(AuthorityRecipe.SignatureHash), $"'{value}' is not a hash function");
        }
    }

    public void Extensions(IReadOnlyList<ExtensionRecipe> extensions)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < extensions.Count; i++)
        {
            var (oid, value) = (extensions[i].Oid, extensions[i].Value);
            if (!ExtendedKeyUsages.IsDottedOid(oid))
            {
                Add(nameof(AuthorityRecipe.Extensions), $"'{oid}' is not a dotted object identifier", i);
            }

            if (!seen.Add(oid))
            {
                Add(nameof(AuthorityRecipe.Extensions), $"duplicate extension {oid}", i);
            }

            if (value is not null && (value.Length > MaximumExtension || !Convert.TryFromBase64String(value, new byte[value.Length], out _)))
            {
                Add(nameof(AuthorityRecipe.Extensions), $"the value of {oid} is not base64 of at most {MaximumExtension} characters", i);
            }
        }
    }

    public void Url(string member, string? url)
    {
        if (url is not null && (!url.All(char.IsAscii) || !Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "ldap")))
        {
            Add(member, $"'{url}' is not an absolute http URL");
        }
    }

    public void Hosts(IReadOnlyList<string> hosts)
    {
        for (var i = 0; i < hosts.Count; i++)
        {
            if (HostNames.Problem(hosts[i]) is { } problem)
            {
                Add(nameof(CertificateRecipe.Hosts), problem, i);
            }
        }
    }

    public void Files(CertificateRecipe certificate, RecipeBook book)
    {
        if (certificate.File is null)
        {
            if (certificate.KeyFile is not null)
            {
                Add(nameof(CertificateRecipe.KeyFile), "a key file requires a certificate file");
            }

            return;
        }

        if (certificate.Issuer is not null)
        {
            Add(nameof(CertificateRecipe.Issuer), "a certificate that is read from a file already has an issuer");
        }

        var file = book.FileOf(certificate);
        AddPemProblems(nameof(CertificateRecipe.File), file);
        if (file.Problems.Count == 0 && file.Certificates.Count == 0)
        {
            Add(nameof(CertificateRecipe.File), $"{file.Path} does not contain a certificate");
        }

        var keyFile = book.KeyFileOf(certificate);
        var keyMember = certificate.KeyFile is null ? nameof(CertificateRecipe.File) : nameof(CertificateRecipe.KeyFile);
        if (!ReferenceEquals(file, keyFile))
        {
            AddPemProblems(keyMember, keyFile);
        }

        if (keyFile.HasPrivateKey)
        {
            CheckKeyBelongs(file, keyFile, keyMember);
        }
        else if (keyFile.Problems.Count == 0)
        {
            Add(keyMember, $"{keyFile.Path} does not contain a private key");
        }
    }

    private void CheckKeyBelongs(PemFile file, PemFile keyFile, string member)
    {
        if (file.Certificates.Count == 0)
        {
            return;
        }

        using var key = keyFile.CreatePrivateKey();
        using var leaf = X509CertificateLoader.LoadCertificate(file.Certificates[0].Der.Span);
        if (!PemFile.Matches(key, leaf))
        {
            Add(member, $"the private key in {keyFile.Path} does not belong to the first certificate in {file.Path}");
        }
    }

    private void AddPemProblems(string member, PemFile file)
    {
        foreach (var problem in file.Problems)
        {
            Add(member, problem.ToString());
        }
    }
}
