using System.CommandLine;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Cli.Output;

/// <summary>The <c>--edition</c> option.</summary>
internal static class EditionOption
{
    public static Option<Edition?> Create()
    {
        var option = new Option<Edition?>("--edition")
        {
            Description = "AutoDetect edition to imitate: 2021 or 2025. Overrides the scenario.",
            HelpName = "2021|2025",
            CustomParser = result =>
            {
                switch (result.Tokens[0].Value)
                {
                    case "2021":
                        return Edition.Node2021;
                    case "2025":
                        return Edition.Kestrel2025;
                    default:
                        result.AddError($"--edition must be 2021 or 2025, not '{result.Tokens[0].Value}'.");
                        return null;
                }
            },
        };

        // Else shells would complete the names that the code has for them.
        option.CompletionSources.Clear();
        option.CompletionSources.Add("2021", "2025");
        return option;
    }
}
