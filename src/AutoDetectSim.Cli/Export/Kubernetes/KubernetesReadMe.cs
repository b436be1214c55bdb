using System.Globalization;
using System.Text;
using AutoDetectSim.Cli.Export.Balancers;

namespace AutoDetectSim.Cli.Export.Kubernetes;

/// <summary>The page of an export: what it is, three commands, what to expect.</summary>
internal static class KubernetesReadMe
{
    /// <summary>The page.</summary>
    public static string Write(ExportedParts parts, KubernetesSettings settings)
    {
        var space = settings.Namespace;
        var calls = KubernetesJobs.CallsOf(parts);
        var text = new StringBuilder(ReadMeText.Introduction(parts.Scenario, "Kubernetes"));
        text.Append(string.Create(CultureInfo.InvariantCulture, $$"""
            {{ReadMeText.Count(parts.Nodes.Count, "node")}} behind {{ReadMeText.Count(parts.Balancers.Count, "load balancer")}}: each node is a Deployment with one pod, because each answers with a name and a
            chain by itself; AutoDetect is `autodetect-deployment` with {{ReadMeText.Count(parts.Instances, "pod")}}. Everything is in the namespace `{{space}}`, which a network policy keeps
            from the outside. The image is `{{settings.Image}}`; another one: `autodetectsim export kubernetes --image`.

            ## Three commands

            ```console
            $ kubectl apply -k overlays/service
            $ kubectl wait -n {{space}} --for=condition=Available deployment --all --timeout=5m
            $ kubectl create -n {{space}} -f jobs/check.yaml
            ```

            The result: `kubectl logs -n {{space}} -f -l app.kubernetes.io/name=check`. `jobs/detect.yaml` and `jobs/load.yaml` are used alike. From this computer,
            after `kubectl port-forward -n {{space}} service/gateway 8888`:

            ```console
            $ curl --proxy http://127.0.0.1:8888 --cacert base/lab/roots.pem --header 'x-email: {{calls.Email}}' '{{calls.DetectUrl}}?services=office365'
            ```

            ## What to expect

            {{ReadMeText.Expected(parts, calls)}}{{ReadMeText.OtherBalancers(parts)}}

            ## What balances

            | overlay | what takes the connections of the nodes |
            |---|---|

            """).ReplaceLineEndings("\n"));
        foreach (var (name, words) in KubernetesOverlays.All)
        {
            text.Append(CultureInfo.InvariantCulture, $"| `overlays/{name}` | {words} |\n");
        }

        text.Append("\nDelete one (`kubectl delete -k`) before you apply another.\n");
        foreach (var balancer in parts.Balancers.Where(balancer => !RealBalancers.CanReplace(balancer.Balancer!)))
        {
            text.Append(CultureInfo.InvariantCulture, $"`{balancer.Balancer!.Name}` is AutoDetectSim's own balancer in each of them, because of {string.Join(", ", RealBalancers.OwnSettings(balancer.Balancer).Select(setting => $"`{setting}`"))}.\n");
        }

        text.Append(ReadMeText.NotExported(parts));
        if (parts.Nodes is [var first, ..])
        {
            text.Append(string.Create(CultureInfo.InvariantCulture, $$"""

                ## Change it

                - Take a node out of service: `kubectl label pod -n {{space}} -l app.kubernetes.io/name={{first.Name}} {{KubernetesBase.InService}}-` (overlay `service`).
                - Stop a node: `kubectl scale -n {{space}} deployment/{{first.Name}} --replicas=0`.
                - Change the world: change the scenario, export again to this folder, apply, and `kubectl rollout restart -n {{space}} deployment`.
                - Remove all: `kubectl delete namespace {{space}}`.

                """).ReplaceLineEndings("\n"));
        }

        return text.Append("\n`base/pki` has private keys, of this lab alone. Keep the folder out of repositories.\n").ToString();
    }
}
