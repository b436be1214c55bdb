using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Documents;
using AutoDetectSim.Documents.Model;

namespace AutoDetectSim.Scenarios.Validation;

/// <summary>What the lab's own PKI says about authorities, certificates, their files, and the chains made from them.</summary>
internal sealed class PkiRules(Scenario scenario)
{
    private readonly string _folder = Path.GetFullPath(scenario.BaseDirectory ?? ".") + Path.DirectorySeparatorChar;

    private readonly LabPkiDefinitionValidator _pki = new(
        new LabPkiDefinition
        {
            Seed = scenario.Seed,
            Authorities = scenario.Authorities,
            Certificates = scenario.Certificates,
            BaseDirectory = scenario.BaseDirectory,
        },
        TimeProvider.System.GetUtcNow());

    /// <summary>Whether a name can be presented: a certificate, an authority, or an entry of a certificate's file.</summary>
    public bool CanPresent(string name) => _pki.Book.Exists(name);

    public void Check(ProblemSink problems)
    {
        foreach (var problem in _pki.Problems)
        {
            var path = ModelPath.Root / (problem.Item == PkiItem.Authority ? "authorities" : "certificates") / problem.Name;
            if (problem.Member is null)
            {
                problems.AddAt(path, $"`{problem.Name}`: {problem.Message}");
                continue;
            }

            var key = ModelBuilder.Key(problem.Member);
            path /= key;
            // Files are named by the path that the scenario gives them.
            var message = problem.Message.Replace(_folder, string.Empty, StringComparison.Ordinal);
            problems.AddAt(problem.Index is { } index ? path / index : path, $"`{key}`: {message}");
        }

        if (_pki.Problems.Count > 0)
        {
            // Presented chains cannot be checked against invalid authorities.
            return;
        }

        var judged = new Dictionary<PresentedChainRecipe, IReadOnlyList<string>>(PresentedChainRecipeComparer.Instance);
        foreach (var balancer in scenario.LoadBalancers)
        {
            var path = ModelPath.Root / "loadBalancers" / balancer.Name;
            Present(balancer.Present, path);
            foreach (var node in balancer.Nodes)
            {
                Present(node.Present, path / "nodes" / node.Name);
                foreach (var protocol in Enum.GetValues<MailProtocol>())
                {
                    Present(node.MailServer(protocol)?.Present, path / "nodes" / node.Name / CamelCase<MailProtocol>.Of(protocol));
                }
            }
        }

        void Present(PresentedChainRecipe? recipe, ModelPath path)
        {
            if (recipe is null || _pki.Book.FindCertificate(recipe.Certificate) is null || recipe.Names?.All(CanPresent) is false)
            {
                return;
            }

            if (!judged.TryGetValue(recipe, out var sentences))
            {
                judged[recipe] = sentences = [.. _pki.Check(recipe)];
            }

            foreach (var sentence in sentences)
            {
                problems.AddAt(path / "present", $"`present`: {sentence}");
            }
        }
    }
}
