using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AutoDetectSim.Certificates.Issuance;

/// <summary>
/// The PKI of one lab, in memory. Nothing is made before it is asked for, and everything is made once.
/// All members may be called from several threads at once.
/// </summary>
public sealed partial class LabPki : IDisposable
{
    private readonly LabPkiDefinition _definition;
    private readonly RecipeBook _book;
    private readonly PkiResources _resources;
    private readonly CertificateIssuer _issuer;
    private readonly IReadOnlyList<string> _anchorNames;
    private readonly ConcurrentDictionary<string, Lazy<IssuedCertificate>> _certificates = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<AsymmetricAlgorithm>> _importedKeys = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<PresentedChainRecipe, Lazy<PresentedChain>> _presented = new(PresentedChainRecipeComparer.Instance);
    private readonly ConcurrentDictionary<string, Lazy<byte[]>> _revocationLists = new(StringComparer.Ordinal);
    private readonly HashSet<PresentedChainRecipe> _takenOver = new(PresentedChainRecipeComparer.Instance);
    private readonly Dictionary<string, string> _byAiaUrl = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _byCrlUrl = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>When this object was made, which is later than <see cref="Start"/> for a PKI from an archive.</summary>
    private readonly DateTimeOffset _opened;

    private LabPki(LabPkiDefinition definition, RecipeBook book, DateTimeOffset start, DateTimeOffset opened, PkiResources resources)
    {
        _opened = opened;
        _definition = definition;
        _book = book;
        _resources = resources;
        Start = start;
        _issuer = new CertificateIssuer(book, resources.Keys, definition.Seed, start, definition.AiaBase ?? DefaultAiaBase);
        _anchorNames = [.. definition.Authorities.Where(authority => authority.Trusted).Select(authority => authority.Name)];
        foreach (var authority in definition.Authorities)
        {
            if (_issuer.AiaUrl(authority) is { } aiaUrl)
            {
                _byAiaUrl.TryAdd(aiaUrl, authority.Name);
            }

            if (authority.CrlUrl is { } crlUrl)
            {
                _byCrlUrl.TryAdd(crlUrl, authority.Name);
            }
        }
    }

    /// <summary>The default base URL of the lab's AIA server.</summary>
    public static Uri DefaultAiaBase { get; } = new("http://aia.autodetectsim.test/");

    /// <summary>The time that relative validity bounds count from: the start of the lab, or of this revision of its PKI, in whole seconds.</summary>
    public DateTimeOffset Start { get; }

    /// <summary>The certificates of the trusted authorities, in the order of the definition.</summary>
    public IReadOnlyList<IssuedCertificate> TrustAnchors
    {
        get
        {
            foreach (var name in _anchorNames)
            {
                _issuer.StartKeys(name);
            }

            return [.. _anchorNames.Select(Get)];
        }
    }

    /// <summary>Every http URL at which certificates of this lab say that an issuer's certificate can be fetched.</summary>
    public IReadOnlyCollection<string> AiaUrls => _byAiaUrl.Keys;

    /// <summary>Every http URL at which certificates of this lab say that a CRL can be fetched.</summary>
    public IReadOnlyCollection<string> CrlUrls => _byCrlUrl.Keys;

    /// <summary>Makes the PKI of a lab that starts now. No key and no certificate is made yet.</summary>
    /// <param name="definition">What it is made from.</param>
    /// <param name="time">The clock of the lab.</param>
    /// <returns>The PKI.</returns>
    /// <exception cref="LabPkiException">The definition has problems; the message lists all of them.</exception>
    public static LabPki Create(LabPkiDefinition definition, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(time);
        return Create(definition, time, new PkiResources());
    }

    /// <summary>
    /// The PKI with another definition. Certificates and chains that come out of it as before are the very same ones; what
    /// differs, or is listed in <see cref="LabPkiDefinition.Renewed"/>, is reissued now. A name keeps its key as long as it keeps the algorithm. This PKI is not changed.
    /// </summary>
    /// <param name="definition">What it is made from.</param>
    /// <param name="time">The clock of the lab.</param>
    /// <returns>The PKI; its resources are shared with this one, and disposing either releases them for both.</returns>
    /// <exception cref="LabPkiException">The definition has problems; the message lists all of them.</exception>
    public LabPki Revise(LabPkiDefinition definition, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(time);
        ObjectDisposedException.ThrowIf(_resources.IsDisposed, this);
        var revised = Create(definition, time, _resources);
        if (definition.Seed == _definition.Seed && string.Equals(definition.BaseDirectory, _definition.BaseDirectory, StringComparison.Ordinal))
        {
            revised.TakeOver(this, definition.Renewed);
        }

        return revised;
    }

    private static LabPki Create(LabPkiDefinition definition, TimeProvider time, PkiResources resources, DateTimeOffset? archived = null)
    {
        var now = ValidityBound.Truncate(time.GetUtcNow());
        var start = archived ?? now;
        var validator = new LabPkiDefinitionValidator(definition, start);
        return validator.Problems.Count == 0
            ? new LabPki(definition, validator.Book, start, now, resources)
            : throw new LabPkiException([.. validator.Problems.Select(problem => problem.ToString())]);
    }

    /// <summary>Begins to make the slow (RSA) keys that these chains and the trust anchors need, in the background.</summary>
    /// <param name="recipes">What will be presented.</param>
    public void Prepare(IEnumerable<PresentedChainRecipe> recipes)
    {
        ArgumentNullException.ThrowIfNull(recipes);
        foreach (var name in _anchorNames.Concat(recipes.Distinct(PresentedChainRecipeComparer.Instance).SelectMany(NamesOf)).ToHashSet(StringComparer.Ordinal))
        {
            _issuer.StartKeys(name);
        }
    }

    /// <summary>One certificate by its name.</summary>
    /// <param name="name">An authority, a certificate, or a variant of one such as <c>mail (expired)</c>.</param>
    /// <returns>The certificate; for a recipe that is read from a file, the first of that file.</returns>
    /// <exception cref="LabPkiException">There is nothing of that name.</exception>
    public IssuedCertificate Get(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        ObjectDisposedException.ThrowIf(_resources.IsDisposed, this);
        return _certificates.GetOrAdd(name, static (name, pki) => new Lazy<IssuedCertificate>(() => new IssuedCertificate(name, pki._resources.Keep(pki.Make(name)))), this).Value;
    }

    /// <summary>What a server with this recipe puts on the wire. Equal recipes share one result.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <returns>The chain and its key.</returns>
    /// <exception cref="LabPkiException">The recipe names something that does not exist, or a shape that its certificate cannot have.</exception>
    public PresentedChain Present(PresentedChainRecipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ObjectDisposedException.ThrowIf(_resources.IsDisposed, this);
        return _presented.GetOrAdd(recipe, static (recipe, pki) => new Lazy<PresentedChain>(() => pki.MakeChain(recipe)), this).Value;
    }

    /// <summary>The first shape that puts the same certificates on the wire as a recipe does, in the same order.</summary>
    /// <param name="recipe">The recipe: a shape, or an explicit list.</param>
    /// <returns>The shape, or null for a list without a named shape.</returns>
    /// <exception cref="LabPkiException">The recipe names something that does not exist, or a shape that its certificate cannot have.</exception>
    public ChainShape? ShapeOf(PresentedChainRecipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        return recipe.Names is null && NamesOf(recipe).Count > 0 ? recipe.Shape : ShapePlan.Recognize(_book, recipe.Certificate, NamesOf(recipe));
    }

    /// <summary>Makes many chains, using all processors.</summary>
    /// <param name="recipes">The recipes.</param>
    /// <returns>The chains, in the order of the recipes.</returns>
    /// <exception cref="LabPkiException">A recipe names something that does not exist, or a shape that its certificate cannot have.</exception>
    public IReadOnlyList<PresentedChain> PresentAll(IReadOnlyList<PresentedChainRecipe> recipes)
    {
        ArgumentNullException.ThrowIfNull(recipes);
        Prepare(recipes);
        return [.. recipes.Distinct(PresentedChainRecipeComparer.Instance).ToList() is { Count: > 16 } distinct ? PresentInParallel(distinct, recipes) : recipes.Select(Present)];
    }

    /// <summary>The http URL at which certificates that an authority issued say that its own can be fetched.</summary>
    /// <param name="authority">The name of the authority.</param>
    /// <returns>The URL, or null if they have none or the authority does not exist.</returns>
    public string? AiaUrlOf(string authority) => _book.FindAuthority(authority) is { } recipe ? _issuer.AiaUrl(recipe) : null;

    /// <summary>Finds what an AIA server answers (RFC 5280 4.2.2.1): one DER certificate, <c>application/pkix-cert</c>.</summary>
    /// <param name="url">The URL that was asked for.</param>
    /// <param name="certificate">The certificate of the authority, when the URL is one of this lab's.</param>
    /// <returns>Whether the URL is one of this lab's.</returns>
    public bool TryGetByAiaUrl(string url, [NotNullWhen(true)] out IssuedCertificate? certificate)
    {
        certificate = _byAiaUrl.TryGetValue(url, out var name) ? Get(name) : null;
        return certificate is not null;
    }

    /// <summary>Finds what a CRL server answers: a signed CRL (RFC 5280 5) of the revoked authorities in DER, <c>application/pkix-crl</c>, valid for a week from the start of the lab.</summary>
    /// <param name="url">The URL that was asked for.</param>
    /// <param name="revocationList">The CRL, when the URL is one of this lab's.</param>
    /// <returns>Whether the URL is one of this lab's.</returns>
    public bool TryGetRevocationList(string url, out ReadOnlyMemory<byte> revocationList)
    {
        revocationList = default;
        if (!_byCrlUrl.TryGetValue(url, out var name))
        {
            return false;
        }

        ObjectDisposedException.ThrowIf(_resources.IsDisposed, this);
        revocationList = _revocationLists.GetOrAdd(
            name, static (name, pki) => new Lazy<byte[]>(() => pki._issuer.IssueRevocationList(pki._book.FindAuthority(name)!, pki.RevokedBy(name), pki._opened)), this).Value;
        return true;
    }

    private IEnumerable<string> RevokedBy(string issuer) =>
        _definition.Authorities.Where(authority => authority.Revoked && string.Equals(authority.Issuer, issuer, StringComparison.Ordinal)).Select(authority => authority.Name);

    /// <summary>Releases every key and certificate, those of other revisions too.</summary>
    public void Dispose() => _resources.Dispose();

    private void TakeOver(LabPki before, IReadOnlyList<string> renewed)
    {
        var comparison = new RecipeComparison(before._book, before._issuer, _book, _issuer);
        foreach (var (name, certificate) in before._certificates)
        {
            if (certificate.IsValueCreated && !renewed.Contains(name, StringComparer.Ordinal) && comparison.IsUnchanged(name))
            {
                _certificates.TryAdd(name, certificate);
            }
        }

        foreach (var (recipe, chain) in before._presented)
        {
            if (chain.IsValueCreated
                && LabPkiDefinitionValidator.Check(_book, recipe).FirstOrDefault() is null
                && chain.Value.Certificates.Select(certificate => certificate.Name).SequenceEqual(ShapePlan.Names(_book, recipe), StringComparer.Ordinal)
                && chain.Value.Certificates.All(certificate => _certificates.ContainsKey(certificate.Name))
                && comparison.IsUnchanged(recipe.Certificate))
            {
                _presented.TryAdd(recipe, chain);
                _takenOver.Add(recipe);
            }
        }
    }

    private PresentedChain[] PresentInParallel(List<PresentedChainRecipe> distinct, IReadOnlyList<PresentedChainRecipe> recipes)
    {
        Parallel.ForEach(distinct, recipe => Present(recipe));
        return [.. recipes.Select(Present)];
    }

    internal IReadOnlyList<string> NamesOf(PresentedChainRecipe recipe)
    {
        var problems = LabPkiDefinitionValidator.Check(_book, recipe).ToList();
        return problems.Count == 0 ? ShapePlan.Names(_book, recipe) : throw new LabPkiException(problems);
    }

    /// <summary>Whether a recipe's chain is the one that this PKI was revised with.</summary>
    internal bool HasTakenOver(PresentedChainRecipe recipe) => _takenOver.Contains(recipe);

    private PresentedChain MakeChain(PresentedChainRecipe recipe)
    {
        var names = NamesOf(recipe);
        foreach (var name in names)
        {
            _issuer.StartKeys(name);
        }

        var certificates = names.Select(Get).ToList();
        return new PresentedChain(certificates, recipe.Names is null ? certificates[0] : Get(recipe.Certificate), PrivateKeyOf(recipe.Certificate));
    }

    private AsymmetricAlgorithm PrivateKeyOf(string name)
    {
        var recipe = _book.FindCertificate(name)!;
        return recipe.File is null
            ? _issuer.KeyOf(recipe).Key
            : _importedKeys.GetOrAdd(name, (_, file) => new Lazy<AsymmetricAlgorithm>(() => _resources.Keep(file.CreatePrivateKey())), _book.KeyFileOf(recipe)).Value;
    }

    private X509Certificate2 Make(string name)
    {
        if (_book.FindAuthority(name) is { } authority)
        {
            return _issuer.Issue(authority);
        }

        if (_book.FindCertificate(name) is { } certificate)
        {
            return certificate.File is null ? _issuer.Issue(certificate) : Load(_book.FileOf(certificate).Certificates[0]);
        }

        return _book.TrySplitNameInFile(name, out var holder, out var index)
            ? Load(_book.FileOf(holder).Certificates[index])
            : throw new LabPkiException($"There is no authority or certificate '{name}'.");
    }

    private static X509Certificate2 Load(PemCertificate certificate) => X509CertificateLoader.LoadCertificate(certificate.Der.Span);
}
