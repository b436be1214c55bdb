using System.Globalization;
using AutoDetectSim.Network;
using AutoDetectSim.Probing;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Cli.Run;

/// <summary>What the person at the terminal is shown: what runs where, and lines to copy and paste.</summary>
internal static class RunBanner
{
    /// <param name="lab">The lab that runs.</param>
    /// <param name="rootCertificate">The file of the lab's roots.</param>
    /// <param name="hostsFile">The lines of a hosts file, if they were asked for.</param>
    public static void Write(Lab lab, string rootCertificate, string? hostsFile)
    {
        var writer = Console.Error;
        var gateway = lab.Gateway.GetLeftPart(UriPartial.Authority);
        var scenario = lab.Scenario;
        var email = ExampleAddress.Of(scenario);
        var detect = $"{lab.DetectUrl}?{ProbeRun.DefaultQuery}";
        var call = $"--cacert {rootCertificate} -H 'x-email: {email}' '{detect}'";
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{scenario.Name}: {scenario.Title ?? "no title"} (seed {scenario.Seed})"));
        writer.WriteLine();
        writer.WriteLine("  gateway (HTTP proxy)  " + gateway);
        if (lab.DnsEndPoint is { } dns)
        {
            writer.WriteLine($"  DNS server            {dns}   (dig @{dns.Address} -p {dns.Port} {lab.DetectUrl.Host})");
        }

        writer.WriteLine("  trusted roots (PEM)   " + rootCertificate);
        if (hostsFile is not null)
        {
            writer.WriteLine("  hosts file lines      " + hostsFile);
        }

        foreach (var virtualIp in lab.Network.VirtualIps.Where(candidate => !candidate.IsService))
        {
            writer.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {virtualIp.Name,-20}  {virtualIp.EndPoint}  is {virtualIp.Address}:{virtualIp.Port}  {string.Join(", ", virtualIp.Hosts)}  ({virtualIp.Balancer.Nodes.Count} nodes)"));
        }

        writer.WriteLine();
        writer.WriteLine("curl:");
        writer.WriteLine($"  curl -i -x {gateway} {call}");
        writer.WriteLine("PowerShell 7 (the front door is healthy, so its certificate need not be imported):");
        writer.WriteLine($"  Invoke-WebRequest -SkipCertificateCheck -Proxy {gateway} -Headers @{{'x-email'='{email}'}} -Uri '{detect}'");
        writer.WriteLine("Node.js 24 and later (earlier ones: an agent that speaks CONNECT, see docs/being-the-host.md):");
        writer.WriteLine($"  NODE_USE_ENV_PROXY=1 HTTPS_PROXY={gateway} NODE_EXTRA_CA_CERTS={rootCertificate} node your-probe.js");
        writer.WriteLine("curl, past the gateway:");
        if (lab.Network.VirtualIps.FirstOrDefault(candidate => candidate.Hosts.Contains(lab.DetectUrl.Host, StringComparer.OrdinalIgnoreCase)) is { } frontDoor)
        {
            writer.WriteLine($"  curl -i --connect-to {ConnectTo(frontDoor)} {call}");
        }

        foreach (var virtualIp in Secure(lab))
        {
            writer.WriteLine($"  curl -i --connect-to {ConnectTo(virtualIp)} --cacert {rootCertificate} https://{virtualIp.Hosts[0]}/");
        }

        writer.WriteLine("openssl, straight to a virtual IP, a node at a time:");
        foreach (var virtualIp in Secure(lab))
        {
            writer.WriteLine($"  openssl s_client -connect {virtualIp.EndPoint} -servername {virtualIp.Hosts[0]} -showcerts -CAfile {rootCertificate} </dev/null");
        }

        WriteNames(lab, hostsFile, writer);
        writer.WriteLine("another AutoDetect call from a second terminal:");
        writer.WriteLine($"  autodetectsim detect {email} --url {lab.DetectUrl} --proxy {gateway} --ca {rootCertificate} --attempts 20");
        writer.WriteLine();
        writer.WriteLine("Ctrl-C stops the lab.");
    }

    /// <summary>How programs that take neither a proxy nor a port are led here.</summary>
    private static void WriteNames(Lab lab, string? hostsFile, TextWriter writer)
    {
        if (!lab.Loopback.HasStandardPorts)
        {
            return;
        }

        writer.WriteLine("programs that take neither a proxy nor a port, once the names lead here:");
        writer.WriteLine(hostsFile is null
            ? "  --hosts-file FILE writes the lines of a hosts file"
            : $"  append {hostsFile} to {(OperatingSystem.IsWindows() ? @"%SystemRoot%\System32\drivers\etc\hosts" : "/etc/hosts")}, and take the lines away afterwards");
        writer.WriteLine(lab.DnsEndPoint is { } dns
            ? $"  or ask the DNS server at {dns}, which answers with these addresses"
            : "  or run with --dns-port, and ask that DNS server, which answers with these addresses");
    }

    /// <summary>Where curl connects to instead of the host and port of the URL; empty ones stand for any.</summary>
    private static string ConnectTo(VirtualIp virtualIp) => "::" + virtualIp.EndPoint;

    private static IEnumerable<VirtualIp> Secure(Lab lab) =>
        lab.Network.VirtualIps.Where(candidate => candidate is { IsService: false, UsesTls: true, Hosts.Count: > 0 });
}
