using System.Globalization;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Diagnosis.Probing;
using AutoDetectSim.Documents;
using AutoDetectSim.Network;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Cli.Run;

/// <summary>What the person at the terminal is shown: what runs where, and lines to copy and paste, for the shell that the system's users have.</summary>
internal static class RunBanner
{
    /// <param name="lab">The lab that runs.</param>
    /// <param name="root">The files of the lab's roots.</param>
    /// <param name="hosts">The lines of a hosts file, if they were asked for.</param>
    public static void Write(Lab lab, RootCertificateFile root, HostsBlock? hosts)
    {
        var writer = new ProseWriter();
        var rootCertificate = root.Path;
        var gateway = lab.Gateway.GetLeftPart(UriPartial.Authority);
        var email = ExampleAddress.Of(lab.Scenario);
        WriteParts(lab, root, hosts?.Path, writer);
        WriteGateway(gateway, rootCertificate, email, DetectUrl(lab), writer);
        WriteStraight(lab, rootCertificate, email, writer);
        WriteNames(lab, hosts, writer);
        writer.WriteLine("in a second terminal, GATEWAY, ROOT, HTTPS_PROXY and other variables, for short commands:");
        writer.WriteLine("  " + ShellForm.Default.Use("autodetectsim env"));
        writer.WriteLine("call AutoDetect again, from a second terminal:");
        writer.WriteLine($"  autodetectsim detect {ShellLine.Word(email)} --url {lab.DetectUrl} --proxy {gateway} --ca {ShellLine.Word(rootCertificate)} --attempts 20");
        writer.WriteLine();
        writer.WriteLine("Java, browsers, testssl.sh and other tools, on Windows, macOS and Linux: docs/being-the-host.md");
        writer.WriteLine("Ctrl-C stops the lab.");
    }

    private static void WriteParts(Lab lab, RootCertificateFile root, string? hostsFile, ProseWriter writer)
    {
        var scenario = lab.Scenario;
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{scenario.Name}: {scenario.Title ?? "no title"} (seed {scenario.Seed})"));
        writer.WriteLine();
        writer.WriteLine("  gateway (HTTP proxy)  " + lab.Gateway.GetLeftPart(UriPartial.Authority));
        if (lab.DnsEndPoint is { } dns)
        {
            writer.WriteLine($"  DNS server            {dns}   (dig @{dns.Address} -p {dns.Port} {lab.DetectUrl.Host})");
        }

        writer.WriteLine("  trusted roots (PEM)   " + root.Path);
        writer.WriteLine("  trusted roots (Java)  " + root.TrustStore);
        if (hostsFile is not null)
        {
            writer.WriteLine("  hosts file lines      " + hostsFile);
        }

        if (lab.WireMockAdmin is { } admin)
        {
            writer.WriteLine($"  WireMock admin API    {admin}   (curl -H 'Authorization: Bearer {lab.WireMockToken}' {admin}/mappings)");
        }

        if (FrontDoor(lab) is { } frontDoor)
        {
            writer.WriteLine($"  {frontDoor.Name,-20}  {frontDoor.EndPoint}  is {frontDoor.Address}:{frontDoor.Port}  {lab.DetectUrl.Host}");
        }

        foreach (var virtualIp in lab.Network.CustomerVirtualIps)
        {
            writer.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {virtualIp.Name,-20}  {virtualIp.EndPoint}  is {virtualIp.Address}:{virtualIp.Port}  {string.Join(", ", virtualIp.Hosts)}  ({virtualIp.Balancer.Nodes.Count} nodes)"));
        }

        writer.WriteLine();
    }

    private static void WriteGateway(string gateway, string rootCertificate, string email, string detect, ProseWriter writer)
    {
        writer.WriteLine("curl:");
        writer.WriteLine($"  {ShellLine.Curl} -i -x {gateway} --cacert {ShellLine.Word(rootCertificate)} -H {ShellLine.Quoted("x-email: " + email)} {ShellLine.Quoted(detect)}");
        writer.WriteLine("PowerShell 7 (AutoDetect's own certificate is valid; importing the root is not needed):");
        writer.WriteLine($"  Invoke-WebRequest -SkipCertificateCheck -Proxy {gateway} -Headers @{{'x-email'={ShellQuote.PowerShell(email)}}} -Uri {ShellQuote.PowerShell(detect)}");
        writer.WriteLine("Node.js 24 and later (earlier ones: docs/being-the-host.md):");
        writer.WriteLine("  " + ShellLine.With("node your-probe.js", ("NODE_USE_ENV_PROXY", "1"), ("HTTPS_PROXY", gateway), ("NODE_EXTRA_CA_CERTS", rootCertificate)));
        writer.WriteLine("Python's requests:");
        writer.WriteLine("  " + ShellLine.With("python your-probe.py", ("HTTPS_PROXY", gateway), ("REQUESTS_CA_BUNDLE", rootCertificate)));
        if (OperatingSystem.IsLinux())
        {
            writer.WriteLine("Go, .NET and other programs that read SSL_CERT_FILE:");
            writer.WriteLine("  " + ShellLine.With("your-probe", ("HTTPS_PROXY", gateway), ("SSL_CERT_FILE", rootCertificate)));
        }
    }

    private static void WriteStraight(Lab lab, string rootCertificate, string email, ProseWriter writer)
    {
        writer.WriteLine("curl, without the gateway:");
        if (FrontDoor(lab) is { } frontDoor)
        {
            writer.WriteLine($"  {ShellLine.Curl} -i --connect-to {ConnectTo(frontDoor)} --cacert {ShellLine.Word(rootCertificate)} -H {ShellLine.Quoted("x-email: " + email)} {ShellLine.Quoted(DetectUrl(lab))}");
        }

        foreach (var virtualIp in Secure(lab))
        {
            writer.WriteLine($"  {ShellLine.Curl} -i --connect-to {ConnectTo(virtualIp)} --cacert {ShellLine.Word(rootCertificate)} https://{virtualIp.Hosts[0]}/");
        }

        writer.WriteLine("openssl, directly to a virtual IP, one node per connection:");
        foreach (var virtualIp in Secure(lab))
        {
            writer.WriteLine("  " + ShellLine.WithoutInput($"openssl s_client -connect {virtualIp.EndPoint} -servername {virtualIp.Hosts[0]} -showcerts -CAfile {ShellLine.Word(rootCertificate)}"));
        }
    }

    /// <summary>How programs that take neither a proxy nor a port are led here.</summary>
    private static void WriteNames(Lab lab, HostsBlock? hosts, ProseWriter writer)
    {
        if (!lab.Loopback.HasStandardPorts)
        {
            writer.WriteLine("programs without a proxy or port setting: run with --standard-ports and --hosts-file or --dns-port");
            return;
        }

        if (hosts is { IsSystems: true })
        {
            writer.WriteLine("programs without a proxy or port setting: the names resolve to this lab until it stops");
            return;
        }

        writer.WriteLine("programs without a proxy or port setting, once the names resolve to this lab:");
        writer.WriteLine(hosts is null
            ? "  run with --hosts-file FILE, which writes the lines of a hosts file"
            : "  " + ShellLine.AppendToHosts(hosts.Path));
        writer.WriteLine(lab.DnsEndPoint is { } dns
            ? $"  or use the DNS server at {dns}, which returns these addresses"
            : "  or run with --dns-port and use that DNS server, which returns these addresses");
    }

    private static string DetectUrl(Lab lab) => $"{lab.DetectUrl}?{ProbeRun.DefaultQuery}";

    /// <summary>Where curl connects to instead of the host and port of the URL; empty means any.</summary>
    private static string ConnectTo(VirtualIp virtualIp) => "::" + virtualIp.EndPoint;

    private static VirtualIp? FrontDoor(Lab lab) =>
        lab.Network.VirtualIps.FirstOrDefault(candidate => candidate.Hosts.Contains(lab.DetectUrl.Host, StringComparer.OrdinalIgnoreCase));

    private static IEnumerable<VirtualIp> Secure(Lab lab) =>
        lab.Network.CustomerVirtualIps.Where(candidate => candidate is { IsHttps: true, Hosts.Count: > 0 });
}
