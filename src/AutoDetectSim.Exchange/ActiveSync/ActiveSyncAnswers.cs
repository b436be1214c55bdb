using System.Globalization;
using AutoDetectSim.Exchange.Answers;
using AutoDetectSim.Protocols.Wbxml;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Exchange.ActiveSync;

/// <summary>The answers of ActiveSync to a mailbox that has logged on.</summary>
internal static class ActiveSyncAnswers
{
    /// <summary>Cases of <see cref="Operations.ActiveSync"/>.</summary>
    public const string Options = "options";
    public const string UserInformation = "userInformation";
    public const string Provision = "provision";
    public const string FolderHierarchy = "folderHierarchy";
    public const string NoChanges = "noChanges";
    public const string StatusOnly = "status";
    public const string NotImplemented = "notImplemented";
    public const string BadRequest = "badRequest";
    public const string Forbidden = "forbidden";
    public const string ProvisionFirst = "provisionFirst";
    public const string Moved = "moved";
    public const string Blocked = "blocked";
    public const string PasswordExpired = "passwordExpired";
    public const string Busy = "busy";

    private const string ContentType = "application/vnd.ms-sync.wbxml";
    private static readonly (string, string) NotCached = ("Cache-Control", "private");

    // Its value is masked in [HMAIMG].
    private static readonly (string, string) BackEndCookie = ("Set-Cookie", "X-BackEndCookie=; path=/Microsoft-Server-ActiveSync; secure; HttpOnly");
    private static readonly Version MultipleAccounts = new(14, 1);

    // Name and type of the default folders (MS-ASCMD section 2.2.3.186.3).
    private static readonly (string Name, string Type)[] Folders =
        [("Calendar", "8"), ("Contacts", "9"), ("Deleted Items", "4"), ("Drafts", "3"), ("Inbox", "2"), ("Outbox", "6"), ("Sent Items", "5"), ("Tasks", "7")];

    /// <summary>All answers.</summary>
    public static IEnumerable<AnswerDefinition> All()
    {
        yield return Define(Options, OptionsAnswer);
        yield return Define(UserInformation, facts => FirstDocument(facts, UserInformationDocument(facts)));
        yield return Define(Provision, facts => Document(facts, ProvisionDocument(facts)));
        yield return Define(FolderHierarchy, facts => FirstDocument(facts, FolderDocument()));
        yield return Define(NoChanges, facts => Answer.Empty(200, NotCached, Server(facts)));
        yield return Define(StatusOnly, facts => Document(facts, StatusDocument(facts[RequestFacts.Command], facts[RequestFacts.Status])));
        yield return Define(NotImplemented, facts => Answer.Empty(501, NotCached, Server(facts)));
        yield return Define(BadRequest, facts => Answer.Empty(400, NotCached, Server(facts)));
        yield return Define(Forbidden, facts => Answer.Empty(403, NotCached, Server(facts)));
        yield return Define(ProvisionFirst, facts => Answer.Empty(449, NotCached, Server(facts)));
        yield return Define(Moved, facts => Answer.Empty(451, NotCached, Server(facts), ("X-MS-Location", facts[RequestFacts.Url])));
        yield return Define(Blocked, facts => Answer.Empty(456, NotCached, Server(facts)));
        yield return Define(PasswordExpired, facts => Answer.Empty(457, NotCached, Server(facts), ("X-MS-Credentials-Expire", "0")));
        yield return Define(Busy, facts => Answer.Empty(503, NotCached, Server(facts), ("Retry-After", "300")));
    }

    private static AnswerDefinition Define(string name, Func<RequestFacts, Answer> give) => new(Operations.ActiveSync, name, give);

    private static (string, string) Server(RequestFacts facts) => ("MS-Server-ActiveSync", ExchangeBuild.Parse(facts[RequestFacts.Build]).ActiveSyncVersion);

    private static Answer Document(RequestFacts facts, WbxmlElement root) =>
        new() { StatusCode = 200, Headers = [NotCached, ("Content-Type", ContentType), Server(facts)], Body = WbxmlWriter.Write(root) };

    private static Answer OptionsAnswer(RequestFacts facts)
    {
        var build = ExchangeBuild.Parse(facts[RequestFacts.Build]);
        return Answer.Empty(
            200,
            [
                NotCached,
                ("Allow", "OPTIONS,POST"),
                Server(facts),
                .. Protocol(build),
                ("Public", "OPTIONS,POST"),
                .. build.HasFrontEnd ? [("Content-Type", ContentType), ("X-MS-BackOffDuration", "L/-470"), BackEndCookie] : Array.Empty<(string, string)>(),
            ]);
    }

    // What a device learns with its first commands: which versions there are ([HMAIMG], MS-ASHTTP 4.13).
    private static Answer FirstDocument(RequestFacts facts, WbxmlElement root)
    {
        var build = ExchangeBuild.Parse(facts[RequestFacts.Build]);
        return build.HasFrontEnd
            ? new()
            {
                StatusCode = 200,
                Headers =
                [
                    NotCached, ("Content-Type", ContentType), ("X-MS-RP", build.ActiveSyncProtocolVersions), .. Protocol(build), ("X-MS-BackOffDuration", "L/-469"), BackEndCookie,
                ],
                Body = WbxmlWriter.Write(root),
            }
            : Document(facts, root);
    }

    private static (string, string)[] Protocol(ExchangeBuild build) =>
        [("MS-ASProtocolVersions", build.ActiveSyncProtocolVersions), ("MS-ASProtocolCommands", build.ActiveSyncProtocolCommands)];

    // Since 14.1 a mailbox has accounts, before it had addresses (MS-ASCMD section 2.2.3.2).
    private static WbxmlElement UserInformationDocument(RequestFacts facts)
    {
        var addresses = WbxmlElement.Of(Tags.Settings.EmailAddresses, WbxmlElement.Of(Tags.Settings.EmailAddress, facts[RequestFacts.Email]));
        var got = addresses;
        if (System.Version.TryParse(facts[RequestFacts.Version], out var version) && version >= MultipleAccounts)
        {
            addresses = addresses with { Children = [.. addresses.Children, WbxmlElement.Of(Tags.Settings.PrimarySmtpAddress, facts[RequestFacts.Email])] };
            got = WbxmlElement.Of(
                Tags.Settings.Accounts,
                WbxmlElement.Of(Tags.Settings.Account, WbxmlElement.Of(Tags.Settings.UserDisplayName, facts[RequestFacts.DisplayName]), addresses));
        }

        return WbxmlElement.Of(
            Tags.Settings.Root,
            WbxmlElement.Of(Tags.Settings.Status, "1"),
            WbxmlElement.Of(Tags.Settings.UserInformation, WbxmlElement.Of(Tags.Settings.Status, "1"), WbxmlElement.Of(Tags.Settings.Get, got)));
    }

    private static WbxmlElement ProvisionDocument(RequestFacts facts)
    {
        List<WbxmlElement> policy =
        [
            WbxmlElement.Of(Tags.Provision.PolicyType, "MS-EAS-Provisioning-WBXML"),
            WbxmlElement.Of(Tags.Provision.Status, "1"),
            WbxmlElement.Of(Tags.Provision.PolicyKey, facts[RequestFacts.PolicyKey]),
        ];
        if (string.Equals(facts[RequestFacts.Detail], PolicyOffer, StringComparison.Ordinal))
        {
            policy.Add(WbxmlElement.Of(Tags.Provision.Data, WbxmlElement.Of(Tags.Provision.Document, WbxmlElement.Of(Tags.Provision.DevicePasswordEnabled, "0"))));
        }

        return WbxmlElement.Of(
            Tags.Provision.Root,
            WbxmlElement.Of(Tags.Provision.Status, "1"),
            WbxmlElement.Of(Tags.Provision.Policies, WbxmlElement.Of(Tags.Provision.Policy, [.. policy])));
    }

    /// <summary>The <see cref="RequestFacts.Detail"/> of a provision answer that offers the policy; the other one acknowledges it.</summary>
    public const string PolicyOffer = "offer";

    private static WbxmlElement FolderDocument() => WbxmlElement.Of(
        Tags.Folder.FolderSync,
        WbxmlElement.Of(Tags.Folder.Status, "1"),
        WbxmlElement.Of(Tags.Folder.SyncKey, "1"),
        WbxmlElement.Of(
            Tags.Folder.Changes,
            [
                WbxmlElement.Of(Tags.Folder.Count, Folders.Length.ToString(CultureInfo.InvariantCulture)),
                .. Folders.Select((folder, index) => WbxmlElement.Of(
                    Tags.Folder.Add,
                    WbxmlElement.Of(Tags.Folder.ServerId, (index + 1).ToString(CultureInfo.InvariantCulture)),
                    WbxmlElement.Of(Tags.Folder.ParentId, "0"),
                    WbxmlElement.Of(Tags.Folder.DisplayName, folder.Name),
                    WbxmlElement.Of(Tags.Folder.Type, folder.Type))),
            ]));

    private static WbxmlElement StatusDocument(string command, string status) => command switch
    {
        "FolderSync" => WbxmlElement.Of(Tags.Folder.FolderSync, WbxmlElement.Of(Tags.Folder.Status, status)),
        "Ping" => WbxmlElement.Of(Tags.Ping.Root, WbxmlElement.Of(Tags.Ping.Status, status)),
        "Provision" => WbxmlElement.Of(Tags.Provision.Root, WbxmlElement.Of(Tags.Provision.Status, status)),
        _ => WbxmlElement.Of(Tags.Settings.Root, WbxmlElement.Of(Tags.Settings.Status, status)),
    };
}
