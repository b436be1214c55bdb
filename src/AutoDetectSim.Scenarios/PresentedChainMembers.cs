using System.Reflection;
using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Documents.Model;

namespace AutoDetectSim.Scenarios;

/// <summary>What a server presents, written among its other settings: <c>certificate</c>, and <c>present</c> with a shape or a list of names.</summary>
internal sealed class PresentedChainMembers : IMemberExpansion
{
    /// <inheritdoc/>
    public IEnumerable<MemberModel> Members(PropertyInfo property)
    {
        var certificate = typeof(PresentedChainRecipe).GetProperty(nameof(PresentedChainRecipe.Certificate))!;
        var shape = typeof(PresentedChainRecipe).GetProperty(nameof(PresentedChainRecipe.Shape))!;
        yield return new MemberModel
        {
            Key = ModelBuilder.Key(certificate.Name),
            Value = new ScalarModel { Kind = ScalarKind.Text, Type = typeof(string), Syntax = ScalarSyntax.CertificateReference },
            Property = certificate,
            Nullable = true,
            OwnDescription = "The end-entity certificate whose private key the server holds.",
            FilledIn = "the first certificate of `present`, or else the one for the balancer's hosts",
            Get = owner => ((PresentedChainRecipe?)property.GetValue(owner))?.Certificate,
            Set = (owner, value) => property.SetValue(owner, Recipe(owner) with { Certificate = (string?)value ?? string.Empty }),
        };
        var names = new ScalarModel { Kind = ScalarKind.Text, Type = typeof(string), Syntax = ScalarSyntax.PresentedReference };
        yield return new MemberModel
        {
            Key = ModelBuilder.Key(property.Name),
            Value = new WordOrListModel(ModelBuilder.Enumeration(typeof(ChainShape)), new ListModel(names, typeof(string))),
            Property = shape,
            Nullable = true,
            OwnDescription = "The chain that is served: a shape, named for how it differs from the correct chain, or names of certificates and authorities in wire order.",
            FilledIn = "complete",
            Get = owner => property.GetValue(owner) is PresentedChainRecipe recipe ? recipe.Names ?? (object)recipe.Shape : null,
            Set = (owner, value) => property.SetValue(owner, value switch
            {
                ChainShape word => Recipe(owner) with { Shape = word, Names = null },
                IReadOnlyList<string> list => Recipe(owner) with { Shape = ChainShape.Complete, Names = list },
                _ => property.GetValue(owner),
            }),
        };

        PresentedChainRecipe Recipe(object owner) =>
            (PresentedChainRecipe?)property.GetValue(owner) ?? new PresentedChainRecipe { Certificate = string.Empty };
    }
}
