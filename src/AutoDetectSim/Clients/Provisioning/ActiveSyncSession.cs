using AutoDetectSim.AutoDetect.Pipeline;
using AutoDetectSim.Network;
using AutoDetectSim.Protocols;
using AutoDetectSim.Protocols.Node;
using AutoDetectSim.Protocols.Wbxml;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Clients.Provisioning;

/// <summary>The ActiveSync part of one provisioning attempt; every request becomes a step.</summary>
internal sealed class ActiveSyncSession(ILabHttpClient http, MailboxCredentials credentials, EmailAddress email, Caller caller, List<ProvisioningStep> steps)
{
    private const int MaximumMoves = 3;
    private const string Success = "1";
    private const string PolicyNeeded = "142";
    private const string NoPolicyKey = "0";

    private Uri _activeSync = null!;
    private string _authorization = string.Empty;
    private string _policyKey = NoPolicyKey;
    private Uri? _movedTo;

    /// <summary>Signs in, takes a policy where one is wanted, and reads the folders.</summary>
    public async Task<(ProvisioningOutcome Outcome, string? Code)> SynchronizeAsync(Uri activeSync, CancellationToken cancellationToken)
    {
        for (var moves = 0; ; moves++)
        {
            _activeSync = activeSync;
            var end = await TryAsync(cancellationToken);
            if (_movedTo is not { } target || moves == MaximumMoves)
            {
                return end;
            }

            activeSync = target;
            _movedTo = null;
            if (AutoDiscoverV2.IsCloudHost(target.Host))
            {
                return (ProvisioningOutcome.NotNeeded, null);
            }
        }
    }

    private async Task<(ProvisioningOutcome Outcome, string? Code)> TryAsync(CancellationToken cancellationToken)
    {
        if (credentials.ForCloud(email, _activeSync) is not { } authorization)
        {
            steps.Add(new ProvisioningStep("token", $"There is neither a token nor a password for {email}."));
            return (ProvisioningOutcome.SignIn, null);
        }

        _authorization = authorization;
        var options = await http.SendAsync(ActiveSyncCommands.Options(_activeSync, authorization), caller, cancellationToken);
        if (Refused("OPTIONS", options, ProvisioningOutcome.ActiveSync) is { } refused)
        {
            return refused;
        }

        steps.Add(new ProvisioningStep("OPTIONS", $"ActiveSync at {ExchangeText.Where(options)} accepts {email}.") { Exchange = options });
        if (await CommandAsync("Settings", ActiveSyncCommands.Settings(), cancellationToken) is { } failed)
        {
            return failed;
        }

        return await CommandAsync("FolderSync", ActiveSyncCommands.Folders(), cancellationToken) ?? (ProvisioningOutcome.Provisioned, null);
    }

    /// <summary>Sends a command, after taking the policy where the server wants that first; null when it succeeded.</summary>
    private async Task<(ProvisioningOutcome, string?)?> CommandAsync(string command, WbxmlElement document, CancellationToken cancellationToken)
    {
        var (exchange, answer) = await SendAsync(command, document, cancellationToken);
        if (_policyKey is NoPolicyKey && (exchange.Response?.StatusCode == 449 || (answer is not null && ActiveSyncCommands.StatusOf(answer) is PolicyNeeded)))
        {
            steps.Add(new ProvisioningStep(command, $"{ExchangeText.Where(exchange)} requires its policy to be accepted first.") { Exchange = exchange });
            if (await TakePolicyAsync(cancellationToken) is { } failed)
            {
                return failed;
            }

            (exchange, answer) = await SendAsync(command, document, cancellationToken);
        }

        return Judge(command, exchange, answer);
    }

    private async Task<(ProvisioningOutcome, string?)?> TakePolicyAsync(CancellationToken cancellationToken)
    {
        string? key = null;
        for (var round = 0; round < 2; round++)
        {
            var (exchange, answer) = await SendAsync("Provision", ActiveSyncCommands.Policy(key), cancellationToken);
            if (Judge("Provision", exchange, answer) is { } failed)
            {
                return failed;
            }

            key = answer is null ? null : ActiveSyncCommands.PolicyKeyOf(answer);
            if (key is null)
            {
                return Stop("Provision", exchange, ProvisioningOutcome.Synchronization, "no policy key", $"{ExchangeText.Where(exchange)} returned no policy key.");
            }
        }

        _policyKey = key!;
        return null;
    }

    private async Task<(LabHttpExchange Exchange, WbxmlElement? Answer)> SendAsync(string command, WbxmlElement document, CancellationToken cancellationToken)
    {
        var exchange = await http.SendAsync(ActiveSyncCommands.Command(_activeSync, _authorization, command, email, document, _policyKey), caller, cancellationToken);
        return (exchange, exchange.Response is { StatusCode: 200, Body.Length: > 0 } response && WbxmlReader.TryRead(response.Body.Span, out var answer) ? answer : null);
    }

    private (ProvisioningOutcome, string?)? Judge(string command, LabHttpExchange exchange, WbxmlElement? answer)
    {
        if (Refused(command, exchange, ProvisioningOutcome.Synchronization) is { } refused)
        {
            return refused;
        }

        var where = ExchangeText.Where(exchange);
        if (answer is null)
        {
            return Stop(command, exchange, ProvisioningOutcome.Synchronization, NodeErrors.BadResponse, $"{where} answered {command} with something other than WBXML.");
        }

        var status = ActiveSyncCommands.StatusOf(answer);
        if (status is null or Success)
        {
            steps.Add(new ProvisioningStep(command, $"{where} carried out {command}.") { Exchange = exchange });
            return null;
        }

        // MS-ASCMD 2.2.2: 126 to 144 say that user or device are not let in.
        var outcome = status.Length == 3 && string.CompareOrdinal(status, "126") >= 0 && string.CompareOrdinal(status, "144") <= 0
            ? ProvisioningOutcome.Access
            : ProvisioningOutcome.Synchronization;
        return Stop(command, exchange, outcome, "Status " + status, $"{where} answered {command} with status {status}.");
    }

    /// <summary>Judges what HTTP alone shows; null when the status is 200.</summary>
    private (ProvisioningOutcome, string?)? Refused(string asked, LabHttpExchange exchange, ProvisioningOutcome otherwise)
    {
        if (exchange.Error is { } error)
        {
            return Stop(asked, exchange, otherwise, error.Code, ExchangeText.Failed(exchange));
        }

        var response = exchange.Response!;
        var code = FormattableString.Invariant($"HTTP {response.StatusCode}");
        var where = ExchangeText.Where(exchange);
        switch (response.StatusCode)
        {
            case 200:
                return null;
            case 401:
                var diagnostics = response.Values("x-ms-diagnostics").FirstOrDefault();
                return Stop(asked, exchange, ProvisioningOutcome.SignIn, code,
                    $"{where} rejects the sign-in of {email}{(diagnostics is null ? string.Empty : ": " + diagnostics)}.");
            case 403 or 456 or 457:
                return Stop(asked, exchange, ProvisioningOutcome.Access, code, $"{where} refuses access to {email} (status {response.StatusCode}).");
            case 451:
                var location = response.Values("X-MS-Location").FirstOrDefault();
                if (AutoDiscoverV2Client.TryReadHttpsUrl(location, null, out var target, out _))
                {
                    _movedTo = target;
                }

                return Stop(asked, exchange, otherwise, code, $"{where} says that the mailbox is at '{location}'.");
            default:
                return Stop(asked, exchange, otherwise, code, $"{where} answered {asked} with status {response.StatusCode}.");
        }
    }

    private (ProvisioningOutcome, string?)? Stop(string asked, LabHttpExchange exchange, ProvisioningOutcome outcome, string code, string sentence)
    {
        steps.Add(new ProvisioningStep(asked, sentence) { Exchange = exchange, Code = code });
        return (outcome, code);
    }
}
