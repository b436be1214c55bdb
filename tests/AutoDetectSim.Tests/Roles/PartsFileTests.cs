using System.Net;
using AutoDetectSim.Roles;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Tests.Roles;

public sealed class PartsFileTests
{
    private const string Scenario = """
        name: two-nodes
        organizations:
          contoso: { domains: [contoso.com], mailboxes: [your@contoso.com] }
        loadBalancers:
          perimeter:
            hosts: [autodiscover.contoso.com, mail.contoso.com]
            nodes: [{ name: ex01, organization: contoso }, { name: ex02, organization: contoso }]
        """;

    private const string Parts = """
        parts:
          - { role: "node:perimeter/ex01", address: "ex01:8443", listen: 9443 }
          - { role: "node:perimeter/ex02", address: "[2001:db8::2]:8443" }
          - { role: "balancer:perimeter", address: "perimeter:443" }
          - { role: autodetect, address: "192.0.2.1:8080" }
          - { role: cloud, address: "cloud:443" }
        """;

    [Fact]
    public void A_part_listens_on_the_port_of_its_address_unless_the_file_says_another()
    {
        var parts = Read(Parts, "node:perimeter/ex01", "node:perimeter/ex02");

        Assert.Equal(new IPEndPoint(IPAddress.Any, 9443), parts.EndPointOf(parts.Roles[0]));
        Assert.Equal(new IPEndPoint(IPAddress.Any, 8443), parts.EndPointOf(parts.Roles[1]));
        Assert.Equal("[2001:db8::2]:8443", parts.AddressOf(parts.Roles[1]).ToString());
        Assert.Equal(["cloud"], parts.Needed.Select(role => role.ToString()));
    }

    [Theory]
    [InlineData("node:contoso/EX02", "node:perimeter/ex02")]
    [InlineData("balancer:Perimeter", "balancer:perimeter")]
    public void A_role_has_the_names_of_the_scenario_whatever_their_case_and_a_node_may_be_named_by_its_organization(string written, string role) =>
        Assert.Equal(role, Assert.Single(Read(Parts, written).Roles).ToString());

    [Theory]
    [InlineData("node:perimeter/ex03", "--role node:perimeter/ex03: the scenario two-nodes has no node of perimeter named ex03; did you mean ex01?")]
    [InlineData("node:fabrikam/ex01", "--role node:fabrikam/ex01: the scenario two-nodes has no load balancer named fabrikam; choose from perimeter.")]
    [InlineData("gateway", "parts.yaml: the part gateway is missing, which this process is to be: name its address.")]
    public void A_role_that_the_scenario_or_the_file_lacks_is_named_with_the_file(string role, string problem)
    {
        var exception = Assert.Throws<LabPartsException>(() => Read(Parts, role));

        Assert.Equal(problem, exception.Message);
    }

    [Fact]
    public void A_part_that_a_role_connects_to_and_the_file_lacks_is_named_with_what_it_is_in_the_scenario()
    {
        var without = string.Join('\n', Parts.Split('\n').Where(line => !line.Contains("ex02", StringComparison.Ordinal) && !line.Contains("cloud", StringComparison.Ordinal)));

        var exception = Assert.Throws<LabPartsException>(() => Read(without, "balancer:perimeter", "autodetect"));

        Assert.Equal(
            [
                "parts.yaml: the part node:perimeter/ex02 is missing, which balancer:perimeter connects to (the node ex02 of the load balancer perimeter).",
                "parts.yaml: the part cloud is missing, which autodetect connects to (Exchange Online, Entra and the other services of the internet).",
            ],
            exception.Message.Split('\n'));
    }

    [Fact]
    public void Two_roles_of_one_process_need_two_ports()
    {
        var same = Parts.Replace("listen: 9443", "listen: 8443", StringComparison.Ordinal);

        var exception = Assert.Throws<LabPartsException>(() => Read(same, "node:perimeter/ex01", "node:perimeter/ex02"));

        Assert.Equal("parts.yaml: node:perimeter/ex01 and node:perimeter/ex02 would listen on port 8443 of one process: give each another `listen`.", exception.Message);
    }

    [Fact]
    public void A_file_that_is_not_valid_has_all_its_problems_at_once_with_their_places()
    {
        var read = PartsFile.Parse("""
            parts:
              - { role: server, address: "ex01:8443" }
              - { role: cloud, address: "cloud" }
              - { role: dns, address: "dns:53", listen: 0 }
              - { role: autodetect, address: "a:1" }
              - { role: autodetect, address: "b:1" }
              - { role: all, address: "b:1", port: 3 }
            """, "parts.yaml");

        Assert.Null(read.Document);
        Assert.Equal([2, 3, 4, 7], read.Problems.Select(problem => problem.Line).Distinct().Where(line => line != 6));
        Assert.Contains(read.Problems, problem => problem.ToString().Contains("node:BALANCER/NODE", StringComparison.Ordinal));
    }

    private static LabParts Read(string yaml, params string[] roles)
    {
        var file = PartsFile.Parse(yaml, "parts.yaml");
        Assert.Empty(file.Problems);
        var scenario = ScenarioLoader.Parse(Scenario, "two-nodes.yaml", baseDirectory: null);
        Assert.Empty(scenario.Problems);
        return LabParts.Create(scenario.Scenario!, [.. roles.Select(role => PartRole.TryParse(role, out var read) ? read : throw new ArgumentException(role, nameof(roles)))], file.Document!, "parts.yaml", IPAddress.Any);
    }
}
