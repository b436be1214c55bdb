using AutoDetectSim.Exchange.ActiveSync;
using AutoDetectSim.Exchange.Answers;
using AutoDetectSim.Exchange.AutoDiscover;
using AutoDetectSim.Exchange.Organizations;
using AutoDetectSim.Exchange.VirtualDirectories;
using AutoDetectSim.Scenarios;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AutoDetectSim.Exchange;

/// <summary>
/// All Exchange servers of one lab. A request is judged here by the interface that it is for; the answer comes from the lab's
/// WireMock.Net server, whose mappings are generated from the scenario's settings and which mapping files add to; the
/// headers that show the node are added on the way back.
/// </summary>
internal sealed class ExchangeServers : IAsyncDisposable
{
    private static readonly IReadOnlyList<IExchangeInterface> Interfaces =
    [
        new HealthCheckInterface(),
        new AutoDiscoverV2Interface(),
        new PoxInterface(),
        new ActiveSyncInterface(),
        new FormsLogonInterface(Operations.Owa, "/owa"),
        new FormsLogonInterface(Operations.Ecp, "/ecp"),
        .. StubInterface.All,
        new OtherInterface(),
    ];

    private readonly ExchangeDirectory _directory;
    private readonly MappingServer _mappings;
    private readonly AnswerForwarder _forwarder;
    private readonly NodeSignature _signature;
    private readonly Task _warmUp;
    private readonly CancellationTokenSource _stopping = new();

    private ExchangeServers(ExchangeDirectory directory, MappingServer mappings, AnswerForwarder forwarder, NodeSignature signature)
    {
        _directory = directory;
        _mappings = mappings;
        _forwarder = forwarder;
        _signature = signature;
        _warmUp = Task.Run(() => forwarder.WarmUpAsync(_stopping.Token));
    }

    /// <summary>The Exchange Online stand-in, which answers from the same mapping server.</summary>
    public ExchangeOnline Online => field ??= new ExchangeOnline(_directory, _forwarder, _signature);

    /// <summary>Where WireMock's admin API answers, or null unless the scenario asks for it.</summary>
    public Uri? AdminUrl { get; private init; }

    /// <summary>
    /// Starts the servers of a scenario. Throws <see cref="FormatException"/> for a build number that is none, and
    /// <see cref="MappingFileException"/> when mapping files cannot be used, with all problems at once.
    /// </summary>
    public static async Task<ExchangeServers> StartAsync(Scenario scenario, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var directory = new ExchangeDirectory(scenario);
        var files = await MappingFiles.ReadAsync(scenario, cancellationToken);
        var mappings = await Task.Run(() => MappingServer.Start(scenario.WireMockAdmin), cancellationToken);
        try
        {
            foreach (var organization in directory.Organizations)
            {
                foreach (var answer in Interfaces.SelectMany(one => one.Answers(organization)))
                {
                    mappings.Add(organization.Name, answer);
                }
            }

            foreach (var answer in ExchangeOnline.Answers())
            {
                mappings.Add(ExchangeOnline.OrganizationName, answer);
            }

            mappings.Add(files);
            var forwarder = new AnswerForwarder(mappings.Url, time, loggers);
            var signature = new NodeSignature(time, new SeededGuids(scenario.Seed, "request-id"));
            return new ExchangeServers(directory, mappings, forwarder, signature)
            {
                AdminUrl = scenario.WireMockAdmin ? new Uri(mappings.Url + MappingServer.AdminPath) : null,
            };
        }
        catch
        {
            mappings.Dispose();
            throw;
        }
    }

    /// <summary>The organization whose answers a node gives, or null for a node that is no Exchange server. Throws <see cref="KeyNotFoundException"/> for a node of another scenario.</summary>
    public OrganizationDefinition? OrganizationOf(NodeDefinition node) => _directory.Node(node).Organization?.Definition;

    /// <summary>Answers a request as one node of its organization. Throws <see cref="KeyNotFoundException"/> for a node of another scenario.</summary>
    public async Task HandleAsync(HttpContext context, NodeDefinition node)
    {
        var server = _directory.Node(node);
        if (server.Organization is not { } organization || IsAdmin(context.Request.Path))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var request = new ExchangeRequest(context, server);
        var target = Interfaces.First(one => one.Accepts(request));
        var verdict = await target.JudgeAsync(request, organization);
        var facts = new CallFacts
        {
            [CallFacts.Organization] = organization.Name,
            [CallFacts.Node] = server.Definition.Name,
            [CallFacts.Build] = server.Build.Version.ToString(),
            [CallFacts.Host] = request.Host,
            [CallFacts.Operation] = target.Operation,
            [CallFacts.Case] = verdict.Case,
        };
        foreach (var (name, value) in verdict.Facts)
        {
            facts[name] = value;
        }

        await _forwarder.ForwardAsync(context, facts, _ => _signature.Sign(context, server, target.Operation, verdict));
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _warmUp.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
        _forwarder.Dispose();
        _mappings.Dispose();
    }

    // The admin API belongs to the person at the keyboard, not to whoever reaches a virtual IP.
    private static bool IsAdmin(PathString path) => path.StartsWithSegments(MappingServer.AdminPath, StringComparison.OrdinalIgnoreCase);
}
