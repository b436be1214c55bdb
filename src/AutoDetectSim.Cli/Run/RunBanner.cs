using System.Globalization;
using AutoDetectSim.Probing;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Cli.Run;

/// <summary>What the person at the terminal is shown: what runs where, and lines to copy and paste.</summary>
internal static class RunBanner
{
    public static void Write(Lab lab, string rootCertificate)
    {
        var writer = Console.Error;
        var gateway = lab.Gateway.GetLeftPart(UriPartial.Authority);
        var scenario = lab.Scenario;
        var email = ExampleAddress.Of(scenario);
        var detect = $"{lab.DetectUrl}?{ProbeRun.DefaultQuery}";
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{scenario.Name}: {scenario.Title ?? "no title"} (seed {scenario.Seed})"));
        writer.WriteLine();
        writer.WriteLine("  gateway (HTTP proxy)  " + gateway);
        if (lab.DnsEndPoint is { } dns)
        {
            writer.WriteLine($"  DNS server            {dns}   (dig @{dns.Address} -p {dns.Port} {lab.DetectUrl.Host})");
        }

        writer.WriteLine("  trusted roots (PEM)   " + rootCertificate);
        foreach (var virtualIp in lab.Network.VirtualIps.Where(candidate => !candidate.IsService))
        {
            writer.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {virtualIp.Name,-20}  {virtualIp.EndPoint}  is {virtualIp.Address}:{virtualIp.Port}  {string.Join(", ", virtualIp.Hosts)}  ({virtualIp.Balancer.Nodes.Count} nodes)"));
        }

        writer.WriteLine();
        writer.WriteLine("curl:");
        writer.WriteLine($"  curl -i -x {gateway} --cacert {rootCertificate} -H 'x-email: {email}' '{detect}'");
        writer.WriteLine("PowerShell 7 (the front door is healthy, so its certificate need not be imported):");
        writer.WriteLine($"  Invoke-WebRequest -SkipCertificateCheck -Proxy {gateway} -Headers @{{'x-email'='{email}'}} -Uri '{detect}'");
        writer.WriteLine("Node.js 24 and later (earlier ones: an agent that speaks CONNECT, see the README):");
        writer.WriteLine($"  NODE_USE_ENV_PROXY=1 HTTPS_PROXY={gateway} NODE_EXTRA_CA_CERTS={rootCertificate} node your-probe.js");
        writer.WriteLine("openssl, straight to a virtual IP, a node at a time:");
        foreach (var virtualIp in lab.Network.VirtualIps.Where(candidate => candidate is { IsService: false, UsesTls: true }))
        {
            writer.WriteLine($"  openssl s_client -connect {virtualIp.EndPoint} -servername {virtualIp.Hosts[0]} -showcerts -CAfile {rootCertificate} </dev/null");
        }

        writer.WriteLine("another AutoDetect call from a second terminal:");
        writer.WriteLine($"  autodetectsim detect {email} --url {lab.DetectUrl} --proxy {gateway} --ca {rootCertificate} --attempts 20");
        writer.WriteLine();
        writer.WriteLine("Ctrl-C stops the lab.");
    }
}
