using AutoDetectSim.Exchange.ActiveSync;
using AutoDetectSim.Exchange.Answers;
using AutoDetectSim.Exchange.AutoDiscover;
using AutoDetectSim.Exchange.Logon;
using AutoDetectSim.Exchange.Organizations;
using AutoDetectSim.Exchange.VirtualDirectories;
using AutoDetectSim.Protocols;
using AutoDetectSim.Protocols.Randomness;
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
    private readonly EntraKeys _keys;
    private readonly AccessTokens _tokens;
    private readonly AccountLockouts _lockouts;
    private readonly NtlmLogon _ntlm;
    private readonly MappingServer _mappings;
    private readonly AnswerForwarder _forwarder;
    private readonly NodeSignature _signature;
    private readonly TimeProvider _time;
    private readonly bool _hasAdmin;
    private readonly Task _warmUp;
    private readonly CancellationTokenSource _stopping = new();
    private volatile ExchangeState _world;
    private volatile AuthMetadata? _metadata;

    private ExchangeServers(Scenario scenario, MappingServer mappings, TimeProvider time, ILoggerFactory loggers)
    {
        _time = time;
        _mappings = mappings;
        _hasAdmin = scenario.WireMockAdmin;
        _keys = new EntraKeys(scenario.Seed);
        _tokens = new AccessTokens(_keys, time);
        _lockouts = new AccountLockouts(time);
        _ntlm = new NtlmLogon(new Seed(scenario.Seed).Stream("ntlm"), _lockouts, time);
        _forwarder = new AnswerForwarder(mappings.Url, time, loggers);
        _signature = new NodeSignature(time, new Seed(scenario.Seed).Stream("request-id"));
        try
        {
            _world = Prepare(scenario);
            mappings.Answer(_world.Answers);
            mappings.Add(_world.Files);
        }
        catch
        {
            _forwarder.Dispose();
            throw;
        }

        _warmUp = Task.Run(() => _forwarder.WarmUpAsync(_stopping.Token));
    }

    /// <summary>The simulated Exchange Online, which answers from the same mapping server.</summary>
    public ExchangeOnline Online => _world.Online;

    /// <summary>Where WireMock's admin API answers, or null unless the scenario asks for it.</summary>
    public Uri? AdminUrl => _hasAdmin ? new Uri(_mappings.Url + MappingServer.AdminPath) : null;

    /// <summary>
    /// Starts the servers of a scenario. Throws <see cref="FormatException"/> for a build number that is none, and
    /// <see cref="MappingFileException"/> when mapping files cannot be used, with all problems at once.
    /// </summary>
    public static async Task<ExchangeServers> StartAsync(Scenario scenario, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var mappings = await Task.Run(() => MappingServer.Start(scenario.WireMockAdmin), cancellationToken);
        try
        {
            return new ExchangeServers(scenario, mappings, time, loggers);
        }
        catch
        {
            mappings.Dispose();
            throw;
        }
    }

    /// <summary>Creates the servers of a changed scenario, which are not reachable before <see cref="Apply"/>. Throws <see cref="FormatException"/> for an invalid build number.</summary>
    public ExchangeState Prepare(Scenario scenario)
    {
        var directory = new ExchangeDirectory(scenario);
        var interfaces = Interfaces(new LogonService(directory, _tokens, _ntlm, _lockouts, KeysOfAsync), _time);
        var files = _world?.Files is { } read && read.Folders.SequenceEqual(MappingFiles.FoldersOf(scenario)) ? read : MappingFiles.Read(scenario);
        var answers = directory.Organizations.ToDictionary(
            organization => organization.Name,
            IReadOnlyList<AnswerDefinition> (organization) => [.. interfaces.SelectMany(one => one.Answers(organization)), .. EdgeRules.Answers()],
            StringComparer.Ordinal);
        answers[ExchangeOnline.OrganizationName] = [.. ExchangeOnline.Answers()];
        return new ExchangeState(directory, interfaces, answers, files, new ExchangeOnline(directory, _keys, _forwarder, _signature, _hasAdmin || files.Mappings.Count > 0));
    }

    /// <summary>Continues with other servers. Changing the settings of a mailbox also unlocks it. Mapping files are read again only if they differ; mappings added by the admin API are then removed.</summary>
    public void Apply(ExchangeState world)
    {
        if (!ReferenceEquals(world.Files, _world.Files))
        {
            _mappings.Clear();
            _mappings.Answer(world.Answers);
            _mappings.Add(world.Files);
        }
        else
        {
            _mappings.Answer(world.Answers);
        }

        foreach (var mailbox in world.Directory.MailboxesUnlike(_world.Directory))
        {
            _lockouts.Forget(mailbox);
        }

        _world = world;
    }

    /// <summary>The organization whose answers a node gives, or null for a node that is not an Exchange server. Throws <see cref="KeyNotFoundException"/> for a node of another scenario.</summary>
    public OrganizationDefinition? OrganizationOf(NodeDefinition node) => _world.Directory.Node(node).Organization?.Definition;

    /// <summary>Answers a request as one node of its organization; a node that the scenario does not have, or no longer has, is found nowhere.</summary>
    /// <param name="context">The request.</param>
    /// <param name="node">The node.</param>
    /// <param name="certificate">The certificate of the TLS connection that the node itself has; null without TLS.</param>
    public async Task HandleAsync(HttpContext context, NodeDefinition node, ReadOnlyMemory<byte>? certificate = null)
    {
        var world = _world;
        var server = world.Directory.FindNode(node.Name);
        if (server?.Organization is not { } organization || IsAdmin(context.Request.Path))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var request = new ExchangeRequest(context, server, certificate);
        if (!await request.TryReadBodyAsync())
        {
            return;
        }

        if (EdgeRules.Judge(request, organization) is { } gated)
        {
            if (gated.Operation is null)
            {
                context.Abort();
                return;
            }

            await AnswerAsync(request, organization, gated.Operation, gated.Verdict);
            return;
        }

        var target = world.Interfaces.First(one => one.Accepts(request));
        await AnswerAsync(request, organization, target.Operation, await target.JudgeAsync(request, organization));
    }

    /// <summary>
    /// A token with which Exchange Online reaches a mailbox of a hybrid organization over ActiveSync. Throws
    /// <see cref="ArgumentException"/> when no organization owns the address, and when Entra does not know the audience.
    /// </summary>
    /// <param name="mailbox">The SMTP address.</param>
    /// <param name="audience">The service that the token is for, for example <c>https://mail.contoso.com/</c>.</param>
    public string IssueToken(string mailbox, string audience) =>
        !EmailAddress.TryParse(mailbox, out var address) || _world.Directory.Find(address) is not { } organization
            ? throw new ArgumentException($"No organization of the scenario owns {mailbox}.", nameof(mailbox))
            : organization.Definition.OAuth == OAuthState.ServicePrincipalMissing
                ? throw new ArgumentException($"AADSTS500011: The resource principal named {audience} was not found in the tenant.", nameof(audience))
                : _tokens.Issue(organization, address.Text, audience);

    /// <summary>Whether a virtual directory of a node is in service, as its healthcheck.htm says. Throws <see cref="KeyNotFoundException"/> for a node of another scenario.</summary>
    public bool IsOnline(NodeDefinition node, VirtualDirectory directory) => _world.Directory.Node(node).IsOnline(directory);

    /// <summary>Lets servers fetch Entra's keys over the network from now on; until then they have them.</summary>
    public void Connect(AuthMetadata metadata) => _metadata = metadata;

    /// <summary>Unlocks every account that wrong passwords have locked, and forgets the keys of Entra that servers have fetched.</summary>
    public void Forget()
    {
        _lockouts.Clear();
        _metadata?.Clear();
    }

    private async Task<IReadOnlyList<Microsoft.IdentityModel.Tokens.SecurityKey>> KeysOfAsync(ExchangeNode node, Organization organization, CancellationToken cancellationToken) =>
        node.HasStaleKeys ? [] : _metadata is { } metadata ? await metadata.KeysAsync(node, organization, cancellationToken) : [_keys.Signing];

    private static IReadOnlyList<IExchangeInterface> Interfaces(LogonService logons, TimeProvider time) =>
    [
        new HealthCheckInterface(),
        new AutoDiscoverV2Interface(),
        new PoxInterface(logons, time),
        new SoapInterface(logons),
        new ActiveSyncInterface(logons),
        new FormsLogonInterface(Operations.Owa, "/owa"),
        new FormsLogonInterface(Operations.Ecp, "/ecp"),
        .. StubInterface.All(logons),
        new FallbackInterface(),
    ];

    private Task AnswerAsync(ExchangeRequest request, Organization organization, string operation, Handling verdict)
    {
        var facts = RequestFacts.Of(request, organization.Name, operation, verdict);
        return _forwarder.ForwardAsync(request.Context, facts, _ => _signature.Sign(request.Context, request.Node, operation, verdict));
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _warmUp.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
        _forwarder.Dispose();
        _mappings.Dispose();
        _keys.Dispose();
    }

    // The admin API belongs to the person at the keyboard, not to whoever reaches a virtual IP.
    private static bool IsAdmin(PathString path) => path.StartsWithSegments(MappingServer.AdminPath, StringComparison.OrdinalIgnoreCase);
}
