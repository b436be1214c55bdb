namespace AutoDetectSim.Certificates.Issuance;

/// <summary>Validates a PKI definition and what servers present from it, without creating a certificate.</summary>
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
            _problems.Add(new PkiProblem { Item = PkiItem.Authority, Name = "", Member = nameof(LabPkiDefinition.AiaBase), Message = "the base of AIA URLs must be an absolute http URL that ends with a slash" });
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
            yield return $"there is no certificate '{recipe.Certificate}'{(book.FindAuthority(recipe.Certificate) is null ? "" : " (that is an authority, which cannot be a server certificate)")}";
            yield break;
        }

        if (recipe.Names is not { } names)
        {
            if (!Enum.IsDefined(recipe.Shape))
            {
                yield return $"'{recipe.Shape}' is not a chain shape";
            }
            else if (ShapePlan.Problem(book, certificate, recipe.Shape) is { } problem)
            {
                yield return $"'{recipe.Certificate}' cannot be presented as {ChainShapes.NameOf(recipe.Shape)}: {problem}";
            }

            yield break;
        }

        if (names.Count is 0 or > MaximumPresented)
        {
            yield return names.Count == 0 ? "the list of what to present is empty" : $"at most {MaximumPresented} certificates can be presented";
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
            Add(item, name, null, "a name must have 1 to 100 characters and must not contain ( ) # / \\");
        }

        if (!seen.Add(name))
        {
            Add(item, name, null, "another authority or certificate has the same name");
        }
    }

    private void Check(AuthorityRecipe authority)
    {
        var members = new MemberChecks(PkiItem.Authority, authority.Name, _start, _problems);
        members.Subject(authority.Subject, mayBeEmpty: false);
        CheckIssuer(members, authority.Issuer);
        CheckChain(authority, nameof(AuthorityRecipe.Issuer), recipe => recipe.Issuer);
        if (authority.SameKeyAs is { } other && Book.FindAuthority(other) is null)
        {
            members.Add(nameof(AuthorityRecipe.SameKeyAs), $"there is no authority '{other}'");
        }

        CheckChain(authority, nameof(AuthorityRecipe.SameKeyAs), recipe => recipe.SameKeyAs);
        members.Key(authority.Key);
        members.Window(authority.NotBefore, "-1y", authority.NotAfter, authority.Issuer is null ? "10y" : "5y");
        if (authority.PathLength is < 0 or > 1000)
        {
            members.Add(nameof(AuthorityRecipe.PathLength), "a path length must be 0 to 1000");
        }

        members.Usages(authority.ExtendedKeyUsage);
        members.Hash(authority.SignatureHash);
        members.Extensions(authority.Extensions);
        members.Url(nameof(AuthorityRecipe.AiaUrl), authority.AiaUrl);
        members.Url(nameof(AuthorityRecipe.CrlUrl), authority.CrlUrl);
        if (authority.Revoked && (authority.Issuer is null || Book.FindAuthority(authority.Issuer) is { CrlUrl: null }))
        {
            members.Add(nameof(AuthorityRecipe.Revoked), authority.Issuer is null
                ? "a self-signed root cannot be revoked; clients stop trusting it instead"
                : $"the issuer '{authority.Issuer}' has no crlUrl, so no client could find out");
        }
    }

    private void Check(CertificateRecipe certificate)
    {
        var members = new MemberChecks(PkiItem.Certificate, certificate.Name, _start, _problems);
        members.Subject(certificate.Subject, mayBeEmpty: true);
        CheckIssuer(members, certificate.Issuer);
        members.Key(certificate.Key);
        members.Window(certificate.NotBefore, "-30d", certificate.NotAfter, "1y");
        members.Usages(certificate.ExtendedKeyUsage);
        members.Hash(certificate.SignatureHash);
        members.Extensions(certificate.Extensions);
        members.Hosts(certificate.Hosts);
        members.Files(certificate, Book);
    }

    private void CheckIssuer(MemberChecks members, string? issuer)
    {
        if (issuer is not null && Book.FindAuthority(issuer) is null)
        {
            members.Add(nameof(AuthorityRecipe.Issuer), $"there is no authority '{issuer}'");
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
                    Add(PkiItem.Authority, authority.Name, member, $"at most {MaximumDepth} authorities can be nested");
                }

                return;
            }

            current = found;
        }
    }

    private void Add(PkiItem item, string name, string? member, string message, int? index = null) =>
        _problems.Add(new PkiProblem { Item = item, Name = name, Member = member, Index = index, Message = message });
}
