using System.Security.Cryptography.X509Certificates;

namespace AutoDetectSim.Certificates.Issuance;

/// <summary>Finds everything that is wrong with a PKI definition and with what servers are to present from it, without making a certificate.</summary>
public sealed class LabPkiDefinitionValidator
{
    private const int MaximumPresented = 200;
    private const int MaximumDepth = 20;

    private readonly DateTimeOffset _start;
    private readonly List<PkiProblem> _problems = [];

    /// <summary>Checks a definition; PEM files that it names are read.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="start">The start of the lab, which relative validity bounds count from.</param>
    public LabPkiDefinitionValidator(LabPkiDefinition definition, DateTimeOffset start)
    {
        ArgumentNullException.ThrowIfNull(definition);
        _start = start;
        Book = new RecipeBook(definition);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var authority in definition.Authorities)
        {
            CheckName(PkiItem.Authority, authority.Name, seen);
            Check(authority);
        }

        foreach (var certificate in definition.Certificates)
        {
            CheckName(PkiItem.Certificate, certificate.Name, seen);
            Check(certificate);
        }

        if (definition.AiaBase is { } aiaBase && (!aiaBase.IsAbsoluteUri || !string.Equals(aiaBase.Scheme, Uri.UriSchemeHttp, StringComparison.Ordinal) || !aiaBase.AbsolutePath.EndsWith('/')))
        {
            _problems.Add(new PkiProblem { Item = PkiItem.Authority, Name = "", Member = nameof(LabPkiDefinition.AiaBase), Message = "the base of AIA URLs is not an absolute http URL with a slash at its end" });
        }
    }

    /// <summary>Every problem of the definition, authorities first, in its order.</summary>
    public IReadOnlyList<PkiProblem> Problems => _problems;

    internal RecipeBook Book { get; }

    /// <summary>Says why a server cannot present something; nothing for a sound recipe.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <returns>One sentence per problem, without a full stop.</returns>
    public IEnumerable<string> Check(PresentedChainRecipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        return Check(Book, recipe);
    }

    internal static IEnumerable<string> Check(RecipeBook book, PresentedChainRecipe recipe)
    {
        if (book.FindCertificate(recipe.Certificate) is not { } certificate)
        {
            yield return $"there is no certificate '{recipe.Certificate}'{(book.FindAuthority(recipe.Certificate) is null ? "" : " (an authority has that name, and authorities serve nobody)")}";
            yield break;
        }

        if (recipe.Names is not { } names)
        {
            if (!Enum.IsDefined(recipe.Shape))
            {
                yield return $"'{recipe.Shape}' is no shape of a chain";
            }
            else if (ShapePlan.Problem(book, certificate, recipe.Shape) is { } problem)
            {
                yield return $"'{recipe.Certificate}' cannot be presented as {ChainShapes.NameOf(recipe.Shape)}: {problem}";
            }

            yield break;
        }

        if (names.Count is 0 or > MaximumPresented)
        {
            yield return names.Count == 0 ? "the list of what to present is empty" : $"more than {MaximumPresented} certificates are to be presented";
        }

        foreach (var name in names.Where(name => !book.Exists(name)).Distinct(StringComparer.Ordinal))
        {
            yield return $"there is no authority or certificate '{name}'";
        }
    }

    private void CheckName(PkiItem item, string name, HashSet<string> seen)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > 100 || name.Any(c => char.IsControl(c) || c is '(' or ')' or '#' or '/' or '\\'))
        {
            Add(item, name, null, "a name has 1 to 100 characters and none of ( ) # / \\");
        }

        if (!seen.Add(name))
        {
            Add(item, name, null, "another authority or certificate has the same name");
        }
    }

    private void Check(AuthorityRecipe authority)
    {
        const PkiItem Item = PkiItem.Authority;
        CheckSubject(Item, authority.Name, authority.Subject);
        CheckIssuer(Item, authority.Name, authority.Issuer);
        CheckChain(authority, nameof(AuthorityRecipe.Issuer), recipe => recipe.Issuer);
        if (authority.SameKeyAs is { } other && Book.FindAuthority(other) is null)
        {
            Add(Item, authority.Name, nameof(AuthorityRecipe.SameKeyAs), $"there is no authority '{other}'");
        }

        CheckChain(authority, nameof(AuthorityRecipe.SameKeyAs), recipe => recipe.SameKeyAs);
        CheckKey(Item, authority.Name, authority.Key);
        CheckWindow(Item, authority.Name, authority.NotBefore, "-1y", authority.NotAfter, authority.Issuer is null ? "10y" : "5y");
        if (authority.PathLength is < 0 or > 1000)
        {
            Add(Item, authority.Name, nameof(AuthorityRecipe.PathLength), "a path length is 0 to 1000");
        }

        CheckUsages(Item, authority.Name, authority.ExtendedKeyUsage);
        CheckUrl(authority.Name, nameof(AuthorityRecipe.AiaUrl), authority.AiaUrl);
        CheckUrl(authority.Name, nameof(AuthorityRecipe.CrlUrl), authority.CrlUrl);
    }

    private void Check(CertificateRecipe certificate)
    {
        const PkiItem Item = PkiItem.Certificate;
        CheckSubject(Item, certificate.Name, certificate.Subject);
        CheckIssuer(Item, certificate.Name, certificate.Issuer);
        CheckKey(Item, certificate.Name, certificate.Key);
        CheckWindow(Item, certificate.Name, certificate.NotBefore, "-30d", certificate.NotAfter, "1y");
        CheckUsages(Item, certificate.Name, certificate.ExtendedKeyUsage);
        for (var i = 0; i < certificate.Hosts.Count; i++)
        {
            if (HostNames.Problem(certificate.Hosts[i]) is { } problem)
            {
                Add(Item, certificate.Name, nameof(CertificateRecipe.Hosts), problem, i);
            }
        }

        CheckFiles(certificate);
    }

    private void CheckFiles(CertificateRecipe certificate)
    {
        if (certificate.File is null)
        {
            if (certificate.KeyFile is not null)
            {
                AddFor(certificate, nameof(CertificateRecipe.KeyFile), "a key file needs a certificate file beside it");
            }

            return;
        }

        if (certificate.Issuer is not null)
        {
            AddFor(certificate, nameof(CertificateRecipe.Issuer), "a certificate that is read from a file already has its issuer");
        }

        var file = Book.FileOf(certificate);
        AddPemProblems(certificate, nameof(CertificateRecipe.File), file);
        if (file.Problems.Count == 0 && file.Certificates.Count == 0)
        {
            AddFor(certificate, nameof(CertificateRecipe.File), $"{file.Path} holds no certificate");
        }

        var keyFile = Book.KeyFileOf(certificate);
        var keyMember = certificate.KeyFile is null ? nameof(CertificateRecipe.File) : nameof(CertificateRecipe.KeyFile);
        if (!ReferenceEquals(file, keyFile))
        {
            AddPemProblems(certificate, keyMember, keyFile);
        }

        if (keyFile.HasPrivateKey)
        {
            CheckKeyBelongs(certificate, file, keyFile, keyMember);
        }
        else if (keyFile.Problems.Count == 0)
        {
            AddFor(certificate, keyMember, $"{keyFile.Path} holds no private key");
        }
    }

    private void CheckKeyBelongs(CertificateRecipe certificate, PemFile file, PemFile keyFile, string member)
    {
        if (file.Certificates.Count == 0)
        {
            return;
        }

        using var key = keyFile.CreatePrivateKey();
        using var leaf = X509CertificateLoader.LoadCertificate(file.Certificates[0].Der.Span);
        if (!PemFile.Matches(key, leaf))
        {
            AddFor(certificate, member, $"the private key in {keyFile.Path} does not belong to the first certificate in {file.Path}");
        }
    }

    private void AddPemProblems(CertificateRecipe certificate, string member, PemFile file)
    {
        foreach (var problem in file.Problems)
        {
            AddFor(certificate, member, problem.ToString());
        }
    }

    private void CheckSubject(PkiItem item, string name, string? subject)
    {
        if (subject is not null && !DistinguishedNames.TryParse(subject, out _))
        {
            Add(item, name, nameof(AuthorityRecipe.Subject), $"'{subject}' is not a distinguished name such as CN=Contoso Lab CA, O=AutoDetectSim");
        }
    }

    private void CheckIssuer(PkiItem item, string name, string? issuer)
    {
        if (issuer is not null && Book.FindAuthority(issuer) is null)
        {
            Add(item, name, nameof(AuthorityRecipe.Issuer), $"there is no authority '{issuer}'");
        }
    }

    private void CheckChain(AuthorityRecipe authority, string member, Func<AuthorityRecipe, string?> next)
    {
        var names = new List<string> { authority.Name };
        var current = authority;
        while (next(current) is { } name && Book.FindAuthority(name) is { } found)
        {
            names.Add(name);
            if (string.Equals(name, authority.Name, StringComparison.Ordinal))
            {
                Add(PkiItem.Authority, authority.Name, member, $"it leads back to itself: {string.Join(" > ", names)}");
                return;
            }

            if (names.Count > MaximumDepth)
            {
                // A cycle further up is reported where it is.
                if (names.Distinct(StringComparer.Ordinal).Count() == names.Count)
                {
                    Add(PkiItem.Authority, authority.Name, member, $"more than {MaximumDepth} authorities stand above one another");
                }

                return;
            }

            current = found;
        }
    }

    private void CheckKey(PkiItem item, string name, KeyAlgorithm key)
    {
        if (!Enum.IsDefined(key))
        {
            Add(item, name, nameof(AuthorityRecipe.Key), $"'{key}' is no key algorithm");
        }
    }

    private void CheckWindow(PkiItem item, string name, string? notBefore, string defaultNotBefore, string? notAfter, string defaultNotAfter)
    {
        var sound = CheckBound(item, name, nameof(AuthorityRecipe.NotBefore), notBefore) & CheckBound(item, name, nameof(AuthorityRecipe.NotAfter), notAfter);
        if (!sound)
        {
            return;
        }

        var (from, to) = ValidityWindow.Resolve(_start, notBefore, defaultNotBefore, notAfter, defaultNotAfter);
        if (from > to)
        {
            Add(item, name, nameof(AuthorityRecipe.NotAfter), $"validity would end ({to:u}) before it begins ({from:u})");
        }
    }

    private bool CheckBound(PkiItem item, string name, string member, string? text)
    {
        if (text is null || ValidityBound.TryParse(text, out _, out var error))
        {
            return true;
        }

        Add(item, name, member, error);
        return false;
    }

    private void CheckUsages(PkiItem item, string name, IReadOnlyList<string> usages)
    {
        for (var i = 0; i < usages.Count; i++)
        {
            if (!ExtendedKeyUsages.TryParse(usages[i], out _))
            {
                Add(item, name, nameof(AuthorityRecipe.ExtendedKeyUsage), $"'{usages[i]}' is neither a dotted OID nor one of {ExtendedKeyUsages.KnownNames}", i);
            }
        }
    }

    private void CheckUrl(string name, string member, string? url)
    {
        if (url is not null && (!url.All(char.IsAscii) || !Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "ldap")))
        {
            Add(PkiItem.Authority, name, member, $"'{url}' is not an absolute http URL");
        }
    }

    private void AddFor(CertificateRecipe certificate, string member, string message) => Add(PkiItem.Certificate, certificate.Name, member, message);

    private void Add(PkiItem item, string name, string? member, string message, int? index = null) =>
        _problems.Add(new PkiProblem { Item = item, Name = name, Member = member, Index = index, Message = message });
}
