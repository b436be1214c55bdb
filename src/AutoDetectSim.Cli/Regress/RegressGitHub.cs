using AutoDetectSim.Cli.Output;
using AutoDetectSim.Regression.Reports;

namespace AutoDetectSim.Cli.Regress;

/// <summary>Misjudged worlds as annotations for GitHub Actions.</summary>
internal static class RegressGitHub
{
    public static void Write(RegressionDocument document, TextWriter output)
    {
        foreach (var world in document.Worlds.Where(world => !MatrixRow.IsRight(world)))
        {
            GitHubAnnotations.Write(output, new GitHubAnnotation
            {
                Title = $"{document.Adapter}: {RegressReport.NameOf(world)}",
                Message = string.Join('\n', RegressReport.Explain(world)),
                IsWarning = world.KnownLimit is not null,
            });
        }
    }
}
