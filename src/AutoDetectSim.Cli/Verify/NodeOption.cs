using System.CommandLine;
using AutoDetectSim.Certificates.Validation;

namespace AutoDetectSim.Cli.Verify;

/// <summary>The <c>--node</c> option.</summary>
internal static class NodeOption
{
    public static Option<NodeVersion?> Create()
    {
        var option = new Option<NodeVersion?>("--node")
        {
            Description = "Version of Node.js that judges: 20 (OpenSSL 3.0), or 24 (OpenSSL 3.5). Default: 20.",
            HelpName = "20|24",
            CustomParser = result =>
            {
                switch (result.Tokens[0].Value)
                {
                    case "20":
                        return NodeVersion.Node20;
                    case "24":
                        return NodeVersion.Node24;
                    default:
                        result.AddError($"--node must be 20 or 24, not '{result.Tokens[0].Value}'.");
                        return null;
                }
            },
        };

        // Else shells would complete the names that the code has for them.
        option.CompletionSources.Clear();
        option.CompletionSources.Add("20", "24");
        return option;
    }
}
