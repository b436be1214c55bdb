using System.Globalization;
using AutoDetectSim.Protocols;
using AutoDetectSim.Protocols.Node;
using AutoDetectSim.Protocols.Wbxml;

namespace AutoDetectSim.Clients.Provisioning;

/// <summary>ActiveSync requests as Exchange Online makes them for a user ([HMAEAS], [HMADOC]).</summary>
internal static class ActiveSyncCommands
{
    private const string PolicyType = "MS-EAS-Provisioning-WBXML";
    private const string ProtocolVersion = "14.1";

    /// <summary>Device id and type of the cloud ([HMADOC]).</summary>
    private const string Device = "OutlookService";

    /// <summary>What device rules see as the model ([HMADOC]).</summary>
    private const string Model = "Outlook for iOS and Android";

    /// <summary>What request filters were seen to look for ([BLOCKOL]).</summary>
    private const string UserAgent = "Outlook-iOS-Android/1.0";

    /// <summary>Asks which versions and commands the server has.</summary>
    public static LabHttpRequest Options(Uri activeSync, string authorization) => new()
    {
        Method = "OPTIONS",
        Uri = activeSync,
        Headers = [new("Authorization", authorization), new("User-Agent", UserAgent), new("Content-Length", "0")],
    };

    /// <summary>Sends one command.</summary>
    public static LabHttpRequest Command(Uri activeSync, string authorization, string command, EmailAddress email, WbxmlElement document, string policyKey) => new()
    {
        Method = "POST",
        Uri = new Uri(string.Create(
            CultureInfo.InvariantCulture,
            $"{activeSync.GetLeftPart(UriPartial.Path)}?Cmd={command}&User={Uri.EscapeDataString(email.Text)}&DeviceId={Device}&DeviceType={Device}")),
        Headers =
        [
            new("Authorization", authorization),
            new("User-Agent", UserAgent),
            new("MS-ASProtocolVersion", ProtocolVersion),
            new("X-MS-PolicyKey", policyKey),
            new("Content-Type", "application/vnd.ms-sync.wbxml"),
        ],
        Body = WbxmlWriter.Write(document),
    };

    /// <summary>Says what the device is, and asks for the user's addresses.</summary>
    public static WbxmlElement Settings() => WbxmlElement.Of(
        Tags.Settings.Root,
        WbxmlElement.Of(Tags.Settings.DeviceInformation, WbxmlElement.Of(Tags.Settings.Set, WbxmlElement.Of(Tags.Settings.Model, Model))),
        WbxmlElement.Of(Tags.Settings.UserInformation, WbxmlElement.Of(Tags.Settings.Get)));

    /// <summary>Asks for the policy, or takes it by the key of the offer.</summary>
    public static WbxmlElement Policy(string? offered) => WbxmlElement.Of(
        Tags.Provision.Root,
        WbxmlElement.Of(
            Tags.Provision.Policies,
            offered is null
                ? WbxmlElement.Of(Tags.Provision.Policy, WbxmlElement.Of(Tags.Provision.PolicyType, PolicyType))
                : WbxmlElement.Of(
                    Tags.Provision.Policy,
                    WbxmlElement.Of(Tags.Provision.PolicyType, PolicyType),
                    WbxmlElement.Of(Tags.Provision.PolicyKey, offered),
                    WbxmlElement.Of(Tags.Provision.Status, "1"))));

    /// <summary>Asks for the folders.</summary>
    public static WbxmlElement Folders() => WbxmlElement.Of(Tags.Folder.FolderSync, WbxmlElement.Of(Tags.Folder.SyncKey, "0"));

    /// <summary>The policy key of a policy answer, or null.</summary>
    public static string? PolicyKeyOf(WbxmlElement answer) =>
        answer.Child(Tags.Provision.Policies)?.Child(Tags.Provision.Policy)?.Child(Tags.Provision.PolicyKey)?.Text;

    /// <summary>The status of an answer: its first Status element, or null.</summary>
    public static string? StatusOf(WbxmlElement answer) =>
        (answer.Child(Tags.Settings.Status) ?? answer.Child(Tags.Folder.Status) ?? answer.Child(Tags.Provision.Status))?.Text;
}
