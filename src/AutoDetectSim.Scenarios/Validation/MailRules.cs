using System.Globalization;
using AutoDetectSim.Documents;

namespace AutoDetectSim.Scenarios.Validation;

/// <summary>Settings of mail servers that do not go together with each other or with their load balancer.</summary>
internal static class MailRules
{
    public static void Check(LoadBalancerDefinition balancer, ModelPath path, ProblemSink problems)
    {
        for (var index = 0; index < balancer.Mail.Count; index++)
        {
            if (balancer.Mail.Take(index).Contains(balancer.Mail[index]))
            {
                problems.AddAt(path / "mail" / index, $"`mail` lists `{CamelCase<MailProtocol>.Of(balancer.Mail[index])}` twice");
            }
        }

        if (MailPort.Of(balancer.Mail).FirstOrDefault(port => port.Number == balancer.Port) is { } taken)
        {
            problems.AddAt(
                path / "mail",
                string.Create(CultureInfo.InvariantCulture, $"Port {taken.Number} of this load balancer already speaks HTTPS (`port: {taken.Number}`), so `{CamelCase<MailProtocol>.Of(taken.Protocol)}` cannot have it"),
                null,
                "port");
        }

        foreach (var node in balancer.Nodes)
        {
            foreach (var protocol in Enum.GetValues<MailProtocol>())
            {
                Check(node, protocol, balancer, path / "nodes" / node.Name, problems);
            }
        }
    }

    private static void Check(NodeDefinition node, MailProtocol protocol, LoadBalancerDefinition balancer, ModelPath path, ProblemSink problems)
    {
        if (node.MailServer(protocol) is not { } server)
        {
            return;
        }

        var key = CamelCase<MailProtocol>.Of(protocol);
        if (!balancer.Mail.Contains(protocol))
        {
            problems.AddAt(path / key, $"`{key}` has no effect without `mail: [{key}]` of the load balancer `{balancer.Name}`", null, $"mail: [{key}]");
        }

        if (server.Present is { Certificate.Length: 0 })
        {
            problems.AddAt(path / key, "`certificate` is required here: no single certificate covers all hosts of the load balancer", null, "certificate");
        }
    }
}
