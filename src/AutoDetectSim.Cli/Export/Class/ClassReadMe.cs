using System.Globalization;
using System.Text;
using AutoDetectSim.Cli.Export.Kubernetes;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Cli.Export.Class;

/// <summary>The page of a class: what it is, three commands, what to expect.</summary>
internal static class ClassReadMe
{
    /// <summary>The page.</summary>
    public static string Write(Scenario scenario, ClassSettings settings)
    {
        var first = settings.SeatName(1);
        var folders = settings.Seats == 1 ? first : $"{{{string.Join(',', Enumerable.Range(1, settings.Seats).Select(settings.SeatName))}}}";
        var text = new StringBuilder(ReadMeText.Introduction(scenario, "Kubernetes, for a class"));
        text.Append(string.Create(CultureInfo.InvariantCulture, $$"""
            A namespace for each of {{ReadMeText.Count(settings.Seats, "trainee")}} with a pod that has the lab, the lessons, the console and a gateway, and `{{settings.Name}}-trainer` with a
            console whose page Class shows who works on what. `links.txt` has a link for each seat and, for programs, the proxy with its token. Nothing in the
            namespaces can reach the outside. The image is `{{settings.Image}}`.

            ## Three commands

            The progress is in `{{settings.ProgressFolder}}` of the cluster's node, where user {{Pods.User}} must be able to write. On a cluster of several nodes,
            replace `hostPath` of the PersistentVolumes with a folder that the nodes share, for example `nfs`.

            ```console
            $ sudo install -d -o {{Pods.User}} -g {{Pods.User}} {{settings.ProgressFolder}} {{settings.ProgressFolder}}/{{folders}}
            $ kubectl apply -k .
            $ kubectl wait --for=condition=Available deployment/lab -n {{settings.Name}}-trainer --timeout=5m
            ```


            """).ReplaceLineEndings("\n"));
        text.Append(settings.Host is null
            ? string.Create(CultureInfo.InvariantCulture, $$"""
                Each link is for `localhost`: `kubectl port-forward -n {{settings.Name}}-{{first}} service/lab {{ClassSettings.ConsolePort}} {{ExportedParts.GatewayPort}}` on the computer of the trainee. For a
                class without kubectl, export with `--class-host HOST`, a name or address of a node that trainees reach.

                """).ReplaceLineEndings("\n")
            : string.Create(CultureInfo.InvariantCulture, $$"""
                Trainees need a browser and their link. The ports of `{{settings.Host}}` are {{ClassSettings.FirstConsolePort}} for the trainer, from {{ClassSettings.FirstConsolePort + 1}} on for consoles and from
                {{ClassSettings.FirstGatewayPort + 1}} on for gateways. It is HTTP without TLS: whoever can listen on the network can read it.

                """).ReplaceLineEndings("\n"));
        return text.Append(string.Create(CultureInfo.InvariantCulture, $$"""

            ## What to expect

            Each pod is ready a few seconds after it starts, and asks for {{PartResources.Console.Memory}} of memory. On the page Class of the trainer's console, a trainee appears with the first
            lesson that they begin. On the node, `autodetectsim learn report {{settings.ProgressFolder}}` prints the same.

            The class ends with `kubectl delete -k .`; the progress stays in the folder. `links.txt` and the folders `access` have the tokens: keep them out of
            repositories.

            """).ReplaceLineEndings("\n")).ToString();
    }
}
