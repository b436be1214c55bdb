using AutoDetectSim.Exchange.Answers;
using AutoDetectSim.Exchange.Logon;
using AutoDetectSim.Exchange.Organizations;
using AutoDetectSim.Protocols;
using AutoDetectSim.Protocols.Http;
using AutoDetectSim.Protocols.Wbxml;
using AutoDetectSim.Scenarios;
using Microsoft.AspNetCore.Http;

namespace AutoDetectSim.Exchange.ActiveSync;

/// <summary>
/// Exchange ActiveSync up to a synchronized folder hierarchy: the challenge that AutoDetect looks for, OPTIONS, and the
/// commands with which a device, or the cloud for it, begins.
/// </summary>
internal sealed class ActiveSyncInterface(LogonService logons) : IExchangeInterface
{
    // MS-ASCMD section 2.2.2, common status codes.
    private const string Success = "1";
    private const string ProtocolError = "2";
    private const string AccessDenied = "130";
    private const string NotProvisioned = "142";

    private static readonly Version StatusInBody = new(14, 0);

    private readonly DevicePartnerships _devices = new();

    /// <inheritdoc />
    public string Operation => Operations.ActiveSync;

    /// <inheritdoc />
    public bool Accepts(ExchangeRequest request) => request.IsBelow(ExchangePaths.ActiveSync);

    /// <inheritdoc />
    public IEnumerable<AnswerDefinition> Answers(Organization organization) => [.. ActiveSyncChallenge.Answers(organization), .. ActiveSyncAnswers.All()];

    /// <inheritdoc />
    public async ValueTask<Handling> JudgeAsync(ExchangeRequest request, Organization organization)
    {
        var logon = await logons.JudgeAsync(request, organization);
        if (logon is { Result: LogonResult.Accepted, Mailbox: { } mailbox })
        {
            return JudgeOwner(request, organization, mailbox) with
            {
                ReachesBackEnd = true,
                MailboxServer = organization.Settings(mailbox).Server,
            };
        }

        if (organization.Definition.AnonymousOptions && HttpMethods.IsOptions(request.Context.Request.Method))
        {
            return new Handling(ActiveSyncAnswers.Options);
        }

        if (logon.Result == LogonResult.OtherAudience)
        {
            return new Handling(ActiveSyncChallenge.WrongAudience);
        }

        var named = EmailAddress.TryParse(request.Context.Request.Headers["X-User-Identity"], out var identity) ? identity : null;
        var mode = logons.ModeOf(request.Node, organization, named ?? logon.Mailbox);
        if (logon.Result == LogonResult.RefusedToken && mode == AuthenticationMode.HybridModern)
        {
            return new Handling(ActiveSyncChallenge.Refused(logon.Refusal));
        }

        return ActiveSyncChallenge.Choose(mode, request, named);
    }

    private Handling JudgeOwner(ExchangeRequest request, Organization organization, EmailAddress mailbox)
    {
        var http = request.Context.Request;
        if (HttpMethods.IsOptions(http.Method))
        {
            return new Handling(ActiveSyncAnswers.Options);
        }

        if (!HttpMethods.IsPost(http.Method))
        {
            return new Handling(ActiveSyncAnswers.NotImplemented);
        }

        if (!ActiveSyncRequest.TryRead(request, out var asked))
        {
            return new Handling(ActiveSyncAnswers.BadRequest);
        }

        if (asked.Command is null)
        {
            return new Handling(ActiveSyncAnswers.NotImplemented);
        }

        if (JudgeAccess(request, organization, mailbox, asked) is { } refused)
        {
            return refused;
        }

        WbxmlElement? document = null;
        if (request.Body.Length > 0 && !WbxmlReader.TryRead(request.Body.Span, out document))
        {
            return new Handling(ActiveSyncAnswers.BadRequest);
        }

        RememberModel(document, asked, mailbox);
        return _devices.Judge(organization, mailbox, asked, http.Headers.UserAgent.ToString()) switch
        {
            DeviceAccess.Block => new Handling(ActiveSyncAnswers.Forbidden),
            DeviceAccess.Quarantine => Status(asked, AccessDenied),
            _ => Obey(asked, document, organization, mailbox),
        };
    }

    private static Handling? JudgeAccess(ExchangeRequest request, Organization organization, EmailAddress mailbox, ActiveSyncRequest asked)
    {
        var settings = organization.Settings(mailbox);
        var access = request.Node.Definition.ActiveSync ?? settings.ActiveSync;
        if (access == ActiveSyncAccess.Allowed && organization.LocationOf(mailbox) == MailboxLocation.Cloud)
        {
            access = ActiveSyncAccess.Moved;
        }

        return access switch
        {
            ActiveSyncAccess.Disabled => new Handling(ActiveSyncAnswers.Forbidden),
            ActiveSyncAccess.Blocked => new Handling(ActiveSyncAnswers.Blocked),
            ActiveSyncAccess.PasswordExpired => new Handling(ActiveSyncAnswers.PasswordExpired),
            ActiveSyncAccess.Busy => new Handling(ActiveSyncAnswers.Busy),
            ActiveSyncAccess.Moved => new Handling(ActiveSyncAnswers.Moved)
            {
                Facts = [(RequestFacts.Url, settings.ActiveSyncLocation ?? $"https://{ExchangeOnline.Host}{ExchangePaths.ActiveSync}")],
            },
            ActiveSyncAccess.ProvisioningRequired when !IsProvisioned(asked, mailbox) =>
                asked.ProtocolVersion >= StatusInBody ? Status(asked, NotProvisioned) : new Handling(ActiveSyncAnswers.ProvisionFirst),
            _ => null,
        };
    }

    private static bool IsProvisioned(ActiveSyncRequest asked, EmailAddress mailbox) =>
        asked.Command is "Provision"
        || string.Equals(FormattableString.Invariant($"{asked.PolicyKey}"), DevicePartnerships.PolicyKey(mailbox, asked.DeviceId, final: true), StringComparison.Ordinal);

    private static Handling Obey(ActiveSyncRequest asked, WbxmlElement? document, Organization organization, EmailAddress mailbox)
    {
        switch (asked.Command)
        {
            case "Settings":
                return document?.Child(Tags.Settings.UserInformation)
                    ?.Child(Tags.Settings.Get) is not null
                    ? new Handling(ActiveSyncAnswers.UserInformation)
                    {
                        Facts =
                        [
                            (RequestFacts.Email, mailbox.Text),
                            (RequestFacts.DisplayName, organization.DisplayNameOf(mailbox)),
                            (RequestFacts.Version, asked.ProtocolVersion.ToString()),
                        ],
                    }
                    : Status(asked, document is null ? ProtocolError : Success);
            case "Provision":
                return Provision(document, asked, mailbox);
            case "FolderSync":
                return document?.Child(Tags.Folder.SyncKey)?.Text is "0"
                    ? new Handling(ActiveSyncAnswers.FolderHierarchy)
                    : Status(asked, Success);
            case "Ping":
                return Status(asked, Success);
            case "Sync":
                return new Handling(ActiveSyncAnswers.NoChanges);
            default:
                return new Handling(ActiveSyncAnswers.NotImplemented);
        }
    }

    private static Handling Provision(WbxmlElement? document, ActiveSyncRequest asked, EmailAddress mailbox)
    {
        var policy = document?.Child(Tags.Provision.Policies)?.Child(Tags.Provision.Policy);
        if (policy is null)
        {
            return Status(asked, ProtocolError);
        }

        // The first request has no key and gets the policy with a temporary one; the second shows that key and gets the final one.
        var shown = policy.Child(Tags.Provision.PolicyKey)?.Text;
        var acknowledges = string.Equals(shown, DevicePartnerships.PolicyKey(mailbox, asked.DeviceId, final: false), StringComparison.Ordinal);
        return new Handling(ActiveSyncAnswers.Provision)
        {
            Facts =
            [
                (RequestFacts.PolicyKey, DevicePartnerships.PolicyKey(mailbox, asked.DeviceId, acknowledges)),
                (RequestFacts.Detail, acknowledges ? "" : ActiveSyncAnswers.PolicyOffer),
            ],
        };
    }

    private void RememberModel(WbxmlElement? document, ActiveSyncRequest asked, EmailAddress mailbox)
    {
        var model = document?.Child(Tags.Settings.DeviceInformation)
            ?.Child(Tags.Settings.Set)
            ?.Child(Tags.Settings.Model)
            ?.Text;
        if (model is not null)
        {
            _devices.SetModel(mailbox, asked.DeviceId, model);
        }
    }

    private static Handling Status(ActiveSyncRequest asked, string status) =>
        new(ActiveSyncAnswers.StatusOnly) { Facts = [(RequestFacts.Command, asked.Command ?? ""), (RequestFacts.Status, status)] };
}
