using System.Globalization;
using System.Text;

namespace AutoDetectSim.Cli.Export.Compose;

/// <summary>The page of an export for Compose and podman.</summary>
internal static class ComposeReadMe
{
    /// <summary>The page.</summary>
    public static string Write(ExportedParts parts, string image)
    {
        var calls = new LabCalls(parts, "http://gateway:8888");
        var name = DnsLabels.LabelOf(parts.Scenario.Name);
        var text = new StringBuilder(ReadMeText.Introduction(parts.Scenario, "Compose and podman"));
        text.Append(string.Create(CultureInfo.InvariantCulture, $$"""
            A container for each of {{ReadMeText.Count(parts.Nodes.Count, "node")}}, {{ReadMeText.Count(parts.Balancers.Count, "load balancer")}}, AutoDetect, the cloud around it, the gateway and DNS. The image is
            `{{image}}`. Containers are not root, write nothing but `/tmp`, and are on a network that leads nowhere; the gateway also listens at
            127.0.0.1:{{ExportedParts.GatewayPort}}. Everything is ready once `curl --fail http://127.0.0.1:{{ExportedParts.PublishedHealthPort}}/readyz` succeeds.

            ## Three commands

            ```console
            $ docker compose up --detach
            $ docker compose run --rm detect
            $ docker compose down
            ```

            `podman-compose` takes the same files. The calls `check` and `load` run like `detect`.
            """).ReplaceLineEndings("\n"));
        if (parts.Balancers.Any(balancer => Balancers.RealBalancers.CanReplace(balancer.Balancer!)))
        {
            text.Append(" With `docker compose -f compose.yaml -f compose.haproxy.yaml up --detach`\nHAProxy balances, with `compose.nginx.yaml` nginx.");
        }

        return text.Append(string.Create(CultureInfo.InvariantCulture, $$"""


            ## podman without Compose

            ```console
            $ podman play kube pod.yaml
            $ curl --proxy http://127.0.0.1:{{ExportedParts.GatewayPort}} --cacert lab/roots.pem --header 'x-email: {{calls.Email}}' '{{calls.DetectUrl}}?services=office365'
            $ podman play kube --down pod.yaml
            ```

            All parts are in one Pod, `{{name}}`, each at a port of the Pod's loopback interface, with AutoDetectSim's own balancer.

            ## What to expect

            {{ReadMeText.Expected(parts, calls)}}{{ReadMeText.OtherBalancers(parts)}}
            {{ReadMeText.NotExported(parts)}}
            `pod.yaml` and `{{ComposeExport.PkiFolder}}` have private keys, of this lab alone. Keep them out of repositories.

            """).ReplaceLineEndings("\n")).ToString();
    }
}
