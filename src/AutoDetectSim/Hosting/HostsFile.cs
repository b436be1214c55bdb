using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using AutoDetectSim.Hosting.Ports;
using AutoDetectSim.Network;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Hosting;

/// <summary>The lines of a hosts file that lead the names of a lab to where its virtual IPs listen at their real ports.</summary>
internal static class HostsFile
{
    /// <summary>Ends every line, which identifies the lines when they are removed from a hosts file.</summary>
    public const string Mark = "# AutoDetectSim";

    /// <summary>Begins the first line.</summary>
    public const string Heading = "# The names of the lab ";

    /// <summary>The lines, each ending in a line feed. Names without an address in the lab are comments: a hosts file cannot express that a name does not exist.</summary>
    /// <param name="scenario">The scenario that runs.</param>
    /// <param name="network">Its network.</param>
    /// <param name="plan">Where the virtual IPs listen.</param>
    public static string Render(Scenario scenario, LabNetwork network, LoopbackPlan plan)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Heading}{scenario.Name}, for as long as it runs. {Mark}\n");
        var lost = new List<string>();
        foreach (var name in Names(scenario, network))
        {
            var address = network.Zone.Resolve(name).Addresses.Where(address => address.AddressFamily == AddressFamily.InterNetwork).Select(plan.Find).OfType<IPAddress>().FirstOrDefault();
            if (address is null)
            {
                lost.Add(name);
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"{address}\t{name}\t{Mark}\n");
            }
        }

        foreach (var name in lost)
        {
            text.Append(CultureInfo.InvariantCulture, $"# {name} leads nowhere in this lab; a hosts file cannot say so, and your own DNS will be asked. {Mark}\n");
        }

        return text.ToString();
    }

    private static IEnumerable<string> Names(Scenario scenario, LabNetwork network) =>
        network.VirtualIps.SelectMany(virtualIp => virtualIp.Hosts)
            .Concat(scenario.Dns.Where(owner => owner.Value.Keys.Any(IsAddress)).Select(owner => owner.Key))
            .Distinct(StringComparer.OrdinalIgnoreCase);

    private static bool IsAddress(string type) => type.ToUpperInvariant() is "A" or "CNAME" or DnsRecordSyntax.NonExistent or DnsRecordSyntax.ServerFailure;
}
