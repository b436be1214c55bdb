using AutoDetectSim.Exchange.Answers;
using AutoDetectSim.Exchange.Organizations;
using AutoDetectSim.Protocols.Http;

namespace AutoDetectSim.Exchange.VirtualDirectories;

/// <summary>healthcheck.htm of every virtual directory ([HC2], [HCBODY]), which balancers ask without authentication.</summary>
internal sealed class HealthCheckInterface : IExchangeInterface
{
    private const string File = "/healthcheck.htm";
    private const string Healthy = "healthy";
    private const string NotPresent = "notPresent";

    private static readonly string[] Folders =
        ["/autodiscover", "/owa", "/ecp", "/ews", ExchangePaths.ActiveSync, "/mapi", "/rpc", "/oab", "/powershell"];

    /// <inheritdoc />
    public string Operation => Operations.HealthCheck;

    /// <inheritdoc />
    public bool Accepts(ExchangeRequest request) =>
        request.Path.EndsWith(File, StringComparison.OrdinalIgnoreCase)
        && Array.Exists(Folders, folder => request.Path.Length == folder.Length + File.Length && request.IsBelow(folder));

    /// <inheritdoc />
    public ValueTask<Handling> JudgeAsync(ExchangeRequest request, Organization organization) =>
        ValueTask.FromResult(request.Node.Build.HasFrontEnd
            ? new Handling(Healthy) { Facts = [(RequestFacts.Detail, request.Node.Fqdn.ToUpperInvariant())] }
            : new Handling(NotPresent));

    /// <inheritdoc />
    public IEnumerable<AnswerDefinition> Answers(Organization organization)
    {
        yield return new AnswerDefinition(Operation, Healthy, facts => Answer.Text(200, "text/html", $"200 OK<br/>{facts[RequestFacts.Detail]}"));
        yield return new AnswerDefinition(Operation, NotPresent, _ => IisAnswers.NotFound());
    }
}
