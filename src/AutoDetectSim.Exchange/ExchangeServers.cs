using System.Security.Cryptography;
using AutoDetectSim.Exchange.ActiveSync;
using AutoDetectSim.Exchange.Answers;
using AutoDetectSim.Exchange.AutoDiscover;
using AutoDetectSim.Exchange.Entra;
using AutoDetectSim.Exchange.Logon;
using AutoDetectSim.Exchange.Mail;
using AutoDetectSim.Exchange.Organizations;
using AutoDetectSim.Exchange.VirtualDirectories;
using AutoDetectSim.Network.Mail;
using AutoDetectSim.Protocols;
using AutoDetectSim.Protocols.Randomness;
using AutoDetectSim.Scenarios;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AutoDetectSim.Exchange;

/// <summary>
/// All Exchange servers of one lab. A request is judged here by the interface that it is for. The answer is given in process,
/// or by the lab's WireMock.Net server where mapping files or the admin API can replace it; the headers that show the node are
/// added last.
/// </summary>
internal sealed class ExchangeServers : IDisposable
{
    private readonly EntraKeys _keys;
    private readonly AccessTokens _tokens;
    private readonly AccountLockouts _lockouts;
    private readonly PasswordLogon _passwords;
    private readonly NtlmLogon _ntlm;
    private readonly FormsSessions _forms;
    private readonly EntraState _entra;
    private readonly NodeSignature _signature;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _loggers;
    private readonly bool _hasAdmin;
    private readonly bool _isMapped;
    private MappedAnswers? _mapped;
    private volatile ExchangeState _state;
    private volatile AuthMetadata? _metadata;

    private ExchangeServers(Scenario scenario, TimeProvider time, ILoggerFactory loggers, bool allowsAdmin, RSA? signingKey)
    {
        _time = time;
        _loggers = loggers;
        _isMapped = scenario.WireMockAdmin;
        _hasAdmin = scenario.WireMockAdmin && allowsAdmin;
        _keys = new EntraKeys(scenario.Seed, signingKey);
        _tokens = new AccessTokens(_keys, time);
        _entra = new EntraState(_tokens, scenario.Seed, time);
        _lockouts = new AccountLockouts(time);
        _passwords = new PasswordLogon(_lockouts);
        _ntlm = new NtlmLogon(new Seed(scenario.Seed).Stream("ntlm"), _lockouts, time);
        _forms = new FormsSessions(new Seed(scenario.Seed).Stream("forms"));
        _signature = new NodeSignature(time, new Seed(scenario.Seed).Stream("request-id"));
        try
        {
            _state = Prepare(scenario);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>What the servers are and answer now.</summary>
    public ExchangeState State => _state;

    /// <summary>The simulated Exchange Online, which answers from the same source.</summary>
    public ExchangeOnline Online => _state.Online;

    /// <summary>Where WireMock's admin API answers, or null unless the scenario asks for it.</summary>
    public Uri? AdminUrl => _hasAdmin ? _mapped?.AdminUrl : null;

    /// <summary>The token of the admin API, or null without one.</summary>
    public string? AdminToken => _mapped?.AdminToken;

    /// <summary>Whether this lab has a WireMock.Net server.</summary>
    public bool HasMappingServer => _mapped is not null;

    /// <summary>
    /// Starts the servers of a scenario. Throws <see cref="FormatException"/> for a build number that is none, and
    /// <see cref="MappingFileException"/> when mapping files cannot be used, with all problems at once.
    /// </summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="time">The lab's time.</param>
    /// <param name="loggers">Where they log to.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="allowsAdmin">Whether whoever runs the lab agrees to the admin API that the scenario asks for.</param>
    /// <param name="signingKey">The key with which Entra signs tokens, which exists already; null: it is made.</param>
    public static Task<ExchangeServers> StartAsync(Scenario scenario, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellationToken, bool allowsAdmin = false, RSA? signingKey = null) =>
        Task.Run(() => new ExchangeServers(scenario, time, loggers, allowsAdmin, signingKey), cancellationToken);

    /// <summary>
    /// Creates the servers of a changed scenario, which are not reachable before <see cref="Apply"/>. The first scenario with mapping
    /// files starts the WireMock.Net server, which then runs as long as the lab. Throws <see cref="FormatException"/> for an invalid build
    /// number, and <see cref="MappingFileException"/> when mapping files cannot be used.
    /// </summary>
    public ExchangeState Prepare(Scenario scenario)
    {
        var directory = new ExchangeDirectory(scenario);
        var interfaces = Interfaces(new LogonService(directory, _tokens, _ntlm, _passwords, KeysOfAsync, _time), _forms, _time);
        var files = _state?.Files is { } read && read.Folders.SequenceEqual(MappingFiles.FoldersOf(scenario)) ? read : MappingFiles.Read(scenario);
        var generated = new AnswerTable();
        foreach (var organization in directory.Organizations)
        {
            generated.Add(organization.Name, [.. interfaces.SelectMany(one => one.Answers(organization)), .. EdgeRules.Answers()]);
        }

        generated.Add(ExchangeOnline.OrganizationName, ExchangeOnline.Answers());

        // Mapping files without a mapping change nothing, unless they have problems that must be reported.
        IAnswerSource answers = _isMapped || files.Mappings.Count > 0 || files.Problems.Count > 0
            ? _mapped ??= MappedAnswers.Start(_hasAdmin, _time, _loggers)
            : new GeneratedAnswers(generated);
        if (answers is MappedAnswers mapped && _state?.Answers is not MappedAnswers)
        {
            // No client is answered by the mapping server now, so problems of the files show before the change is made.
            mapped.Use(generated, files);
        }

        return new ExchangeState(directory, interfaces, generated, files, answers, new ExchangeOnline(directory, new EntraInterface(new EntraTenants(directory), _keys, _entra), _signature, answers));
    }

    /// <summary>Continues with other servers. Changing the settings of a mailbox also unlocks it. Mapping files are read again only if they differ; mappings added by the admin API are then removed.</summary>
    public void Apply(ExchangeState state)
    {
        if (state.Answers is MappedAnswers mapped)
        {
            mapped.Use(state.Generated, state.Files);
        }

        foreach (var mailbox in state.Directory.MailboxesUnlike(_state.Directory))
        {
            _lockouts.Forget(mailbox);
        }

        _state = state;
    }

    /// <summary>The organization whose answers a node gives, or null for a node that is not an Exchange server. Throws <see cref="KeyNotFoundException"/> for a node of another scenario.</summary>
    public OrganizationDefinition? OrganizationOf(NodeDefinition node) => _state.Directory.Node(node).Organization?.Definition;

    /// <summary>Answers a request as one node of its organization; a node that the scenario does not have, or no longer has, is found nowhere.</summary>
    /// <param name="context">The request.</param>
    /// <param name="node">The node.</param>
    /// <param name="certificate">The certificate of the TLS connection that the node itself has; null without TLS.</param>
    public async Task HandleAsync(HttpContext context, NodeDefinition node, ReadOnlyMemory<byte>? certificate = null)
    {
        var state = _state;
        var server = state.Directory.FindNode(node.Name);
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

        var gate = EdgeRules.Judge(request, organization);
        if (gate?.Operation is not Operations.Device)
        {
            // What a device in front answers, the server never sees.
            request.Trace.HttpError = gate?.HttpError;
            context.Features.Set(request.Trace);
        }

        if (gate is { } gated)
        {
            if (gated.Operation is null)
            {
                context.Abort();
                return;
            }

            await AnswerAsync(state.Answers, request, organization, gated.Operation, gated.Verdict);
            return;
        }

        var target = state.Interfaces.First(one => one.Accepts(request));
        await AnswerAsync(state.Answers, request, organization, target.Operation, await target.JudgeAsync(request, organization));
    }

    /// <summary>Begins a conversation of a mail program with one node; a node that the scenario does not have, or no longer has, knows no mailbox.</summary>
    /// <param name="node">The node.</param>
    /// <param name="port">The port.</param>
    /// <param name="client">The address that the node sees.</param>
    /// <param name="isSecure">Whether TLS began with the connection.</param>
    public IMailConversation BeginMail(NodeDefinition node, MailPort port, System.Net.IPAddress client, bool isSecure)
    {
        var server = new MailHost(_state.Directory.FindNode(node.Name), node, _passwords, _time) { Client = client };
        return port.Protocol switch
        {
            MailProtocol.Imap => new ImapConversation(server, isSecure),
            MailProtocol.Pop3 => new Pop3Conversation(server, isSecure),
            _ => new SmtpConversation(server, port, isSecure),
        };
    }

    /// <summary>
    /// A token with which Exchange Online reaches a mailbox of a hybrid organization over ActiveSync. Throws
    /// <see cref="ArgumentException"/> when no organization owns the address, and when Entra does not know the audience.
    /// </summary>
    /// <param name="mailbox">The SMTP address.</param>
    /// <param name="audience">The service that the token is for, for example <c>https://mail.contoso.com/</c>.</param>
    public string IssueToken(string mailbox, string audience) =>
        !EmailAddress.TryParse(mailbox, out var address) || _state.Directory.Find(address) is not { } organization
            ? throw new ArgumentException($"No organization of the scenario owns {mailbox}.", nameof(mailbox))
            : organization.Definition.OAuth == OAuthState.ServicePrincipalMissing
                ? throw new ArgumentException($"AADSTS500011: The resource principal named {audience} was not found in the tenant.", nameof(audience))
                : _tokens.Issue(organization, address.Text, audience);

    /// <summary>Whether a virtual directory of a node is in service, as its healthcheck.htm says. Throws <see cref="KeyNotFoundException"/> for a node of another scenario.</summary>
    public bool IsOnline(NodeDefinition node, VirtualDirectory directory) => _state.Directory.Node(node).IsOnline(directory);

    /// <summary>Lets servers fetch Entra's keys over the network from now on; until then they have them.</summary>
    public void Connect(AuthMetadata metadata) => _metadata = metadata;

    /// <summary>Unlocks every account that wrong passwords have locked, ends the sessions of forms, takes back what the login endpoint has given, and forgets the keys of Entra that servers have fetched.</summary>
    public void Forget()
    {
        _lockouts.Clear();
        _forms.Clear();
        _entra.Grants.Clear();
        _metadata?.Clear();
    }

    private async Task<KnownKeys> KeysOfAsync(ExchangeNode node, Organization organization, CancellationToken cancellationToken) =>
        node.HasStaleKeys ? new KnownKeys([], null)
        : _metadata is { } metadata ? await metadata.KeysAsync(node, organization, cancellationToken)
        : new KnownKeys([_keys.Signing], null);

    private static IReadOnlyList<IExchangeInterface> Interfaces(LogonService logons, FormsSessions forms, TimeProvider time) =>
    [
        new HealthCheckInterface(),
        new AutoDiscoverV2Interface(),
        new PoxInterface(logons, time),
        new SoapInterface(logons),
        new ActiveSyncInterface(logons),
        new FormsLogonInterface(logons, forms, Operations.Owa, "/owa"),
        new FormsLogonInterface(logons, forms, Operations.Ecp, "/ecp"),
        .. StubInterface.All(logons),
        new FallbackInterface(),
    ];

    private Task AnswerAsync(IAnswerSource answers, ExchangeRequest request, Organization organization, string operation, Handling verdict)
    {
        var facts = RequestFacts.Of(request, organization.Name, operation, verdict);
        return answers.AnswerAsync(request.Context, facts, _ => _signature.Sign(request.Context, request.Node, operation, verdict));
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _mapped?.Dispose();
        _keys.Dispose();
    }

    // The admin API belongs to the person at the keyboard, not to whoever reaches a virtual IP.
    private static bool IsAdmin(PathString path) => path.StartsWithSegments(MappingServer.AdminPath, StringComparison.OrdinalIgnoreCase);
}
