using System.Text;
using AutoDetectSim.Protocols.Wbxml;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Tests.Exchange;

public sealed class ActiveSyncTests
{
    private const string Host = "mail.contoso.com";
    private const string Target = "/Microsoft-Server-ActiveSync";
    private const string Probe = Target + "?Cmd=Settings&DeviceId=OutlookService&DeviceType=OutlookService";
    private const string Version = "MS-ASProtocolVersion: 14.1\r\n";

    // The bytes of [HMAEAS].
    private static readonly string ProbeBody = Encoding.Latin1.GetString([0x03, 0x01, 0x6A, 0x00, 0x00, 0x12, 0x45, 0x5D, 0x07, 0x01, 0x01]);

    private static Scenario With(MailboxSettings mailbox, Func<OrganizationDefinition, OrganizationDefinition>? organization = null, Func<NodeDefinition, NodeDefinition>? node = null) =>
        ExchangeHost.Contoso(
            contoso => (organization?.Invoke(contoso) ?? contoso) with { MailboxSettings = new Dictionary<string, MailboxSettings> { ["your@contoso.com"] = mailbox } },
            node);

    [Fact]
    public async Task The_settings_probe_of_the_cloud_is_answered_in_WBXML()
    {
        await using var host = await ExchangeHost.StartAsync();
        var answer = await host.LoggedOnAsync("POST", Host, Probe, ProbeBody, Version);
        Assert.Equal(200, answer.Status);
        Assert.Equal(["application/vnd.ms-sync.wbxml"], answer["Content-Type"]);
        byte[] address = [0x03, .. "your@contoso.com"u8, 0x00, 0x01];
        byte[] expected =
        [
            0x03, 0x01, 0x6A, 0x00, 0x00, 0x12, 0x45, // Settings
            0x46, 0x03, (byte)'1', 0x00, 0x01, // Status
            0x5D, 0x46, 0x03, (byte)'1', 0x00, 0x01, // UserInformation, Status
            0x47, 0x64, 0x65, // Get, Accounts, Account
            0x68, 0x03, .. "your"u8, 0x00, 0x01, // UserDisplayName
            0x5E, 0x5F, .. address, 0x63, .. address, 0x01, // EmailAddresses, SMTPAddress, PrimarySmtpAddress
            0x01, 0x01, 0x01, 0x01, 0x01,
        ];
        Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString(Encoding.Latin1.GetBytes(answer.Body)));
    }

    [Fact]
    public async Task The_same_probe_with_an_encoded_query_and_version_14_0_gets_addresses()
    {
        // MS-ASHTTP section 2.2.1.1.1.1
        byte[] query = [140, 17, 0x09, 0x04, 3, 1, 2, 3, 0, 2, (byte)'S', (byte)'P'];
        await using var host = await ExchangeHost.StartAsync();
        var answer = await host.LoggedOnAsync("POST", Host, $"{Target}?{Convert.ToBase64String(query)}", ProbeBody);
        Assert.Equal(200, answer.Status);
        Assert.True(WbxmlReader.TryRead(Encoding.Latin1.GetBytes(answer.Body), out var root));
        var got = root.Child(Tags.Settings.UserInformation)!.Child(Tags.Settings.Get)!;
        Assert.Equal("your@contoso.com", got.Child(Tags.Settings.EmailAddresses)!.Child(Tags.Settings.EmailAddress)!.Text);
        Assert.Null(got.Child(Tags.Settings.Accounts));
    }

    [Theory]
    [InlineData(ActiveSyncAccess.Disabled, 403)]
    [InlineData(ActiveSyncAccess.Moved, 451)]
    [InlineData(ActiveSyncAccess.Blocked, 456)]
    [InlineData(ActiveSyncAccess.PasswordExpired, 457)]
    [InlineData(ActiveSyncAccess.Busy, 503)]
    public async Task A_mailbox_or_a_node_can_answer_with_every_status_of_the_protocol(ActiveSyncAccess access, int status)
    {
        // [ASHTTP-ST]
        await using (var host = await ExchangeHost.StartAsync(With(new MailboxSettings { ActiveSync = access })))
        {
            Assert.Equal(status, (await host.LoggedOnAsync("POST", Host, Probe, ProbeBody, Version)).Status);
            Assert.Equal(200, (await host.LoggedOnAsync("POST", Host, Probe, ProbeBody, Version, "test@contoso.com:x")).Status);
        }

        await using (var host = await ExchangeHost.StartAsync(ExchangeHost.Contoso(node: node => node with { ActiveSync = access })))
        {
            Assert.Equal(status, (await host.LoggedOnAsync("POST", Host, Probe, ProbeBody, Version)).Status);
        }
    }

    [Fact]
    public async Task A_moved_mailbox_names_where_it_is()
    {
        // [ASHTTP-451]
        await using var host = await ExchangeHost.StartAsync(With(new MailboxSettings { Location = MailboxLocation.Cloud }));
        var answer = await host.LoggedOnAsync("POST", Host, Probe, ProbeBody, Version);
        Assert.Equal(451, answer.Status);
        Assert.Equal(["https://outlook.office365.com/Microsoft-Server-ActiveSync"], answer["X-MS-Location"]);
    }

    [Fact]
    public async Task A_policy_is_asked_for_offered_and_taken()
    {
        await using var host = await ExchangeHost.StartAsync(With(new MailboxSettings { ActiveSync = ActiveSyncAccess.ProvisioningRequired }));
        string Url(string command) => $"{Target}?Cmd={command}&DeviceId=d1&DeviceType=Phone";

        // 449 before 14.0, status 142 in 15 bytes since ([ASHTTP-ST], [TBEAS]).
        Assert.Equal(449, (await host.LoggedOnAsync("POST", Host, Url("FolderSync"), "", "MS-ASProtocolVersion: 12.1\r\n")).Status);
        var folderSync = Bytes(WbxmlElement.Of(Tags.Folder.FolderSync, WbxmlElement.Of(Tags.Folder.SyncKey, "0")));
        var refused = await host.LoggedOnAsync("POST", Host, Url("FolderSync"), folderSync, Version);
        Assert.Equal("03016A00000756" + "4C0331343200" + "0101", Convert.ToHexString(Encoding.Latin1.GetBytes(refused.Body)));
        Assert.Equal(["15"], refused["Content-Length"]);

        var offer = await ProvisionAsync(null);
        Assert.NotNull(offer.Child(Tags.Provision.Data));
        var taken = await ProvisionAsync(offer.Child(Tags.Provision.PolicyKey)!.Text);
        Assert.Null(taken.Child(Tags.Provision.Data));
        var key = taken.Child(Tags.Provision.PolicyKey)!.Text;
        Assert.NotEqual(offer.Child(Tags.Provision.PolicyKey)!.Text, key);

        var allowed = await host.LoggedOnAsync("POST", Host, Url("FolderSync"), folderSync, $"{Version}X-MS-PolicyKey: {key}\r\n");
        Assert.True(WbxmlReader.TryRead(Encoding.Latin1.GetBytes(allowed.Body), out var folders));
        Assert.Equal("1", folders.Child(Tags.Folder.Status)!.Text);
        Assert.Equal(8, folders.Child(Tags.Folder.Changes)!.Children.Count(child => (child.Page, child.Token) == Tags.Folder.Add));

        async Task<WbxmlElement> ProvisionAsync(string? policyKey)
        {
            List<WbxmlElement> policy = [WbxmlElement.Of(Tags.Provision.PolicyType, "MS-EAS-Provisioning-WBXML")];
            if (policyKey is not null)
            {
                policy.Add(WbxmlElement.Of(Tags.Provision.PolicyKey, policyKey));
                policy.Add(WbxmlElement.Of(Tags.Provision.Status, "1"));
            }

            var body = Bytes(WbxmlElement.Of(Tags.Provision.Root, WbxmlElement.Of(Tags.Provision.Policies, WbxmlElement.Of(Tags.Provision.Policy, [.. policy]))));
            var answer = await host.LoggedOnAsync("POST", Host, Url("Provision"), body, Version);
            Assert.True(WbxmlReader.TryRead(Encoding.Latin1.GetBytes(answer.Body), out var root));
            return root.Child(Tags.Provision.Policies)!.Child(Tags.Provision.Policy)!;
        }
    }

    [Fact]
    public async Task Device_rules_block_and_quarantine()
    {
        await using var host = await ExchangeHost.StartAsync(ExchangeHost.Contoso(organization => organization with
        {
            DeviceRules =
            [
                new() { Value = "OutlookService", Access = DeviceAccess.Allow },
                new() { Characteristic = DeviceCharacteristic.DeviceModel, Value = "Outlook for iOS and Android" },
                new() { Value = "*", Access = DeviceAccess.Quarantine },
            ],
        }));
        Assert.Equal("1", Status(await host.LoggedOnAsync("POST", Host, Probe, ProbeBody, Version)));
        var other = Probe.Replace("=OutlookService", "=Phone", StringComparison.Ordinal);
        Assert.Equal("130", Status(await host.LoggedOnAsync("POST", Host, other, ProbeBody, Version)));
        var information = Bytes(WbxmlElement.Of(
            Tags.Settings.Root,
            WbxmlElement.Of(Tags.Settings.DeviceInformation, WbxmlElement.Of(Tags.Settings.Set, WbxmlElement.Of(Tags.Settings.Model, "Outlook for iOS and Android")))));
        Assert.Equal(403, (await host.LoggedOnAsync("POST", Host, other, information, Version)).Status);
        Assert.Equal(403, (await host.LoggedOnAsync("POST", Host, other, ProbeBody, Version)).Status);
    }

    [Theory]
    [InlineData("GET", Target, "", 501)]
    [InlineData("POST", Target, "", 400)]
    [InlineData("POST", Target + "?Cmd=NoSuchCommand", "", 501)]
    [InlineData("POST", Target + "?!!!!", "", 400)]
    [InlineData("POST", Probe, "garbage", 400)]
    [InlineData("POST", Probe, "\u0003\u0001j\u0000\u0000\u0012E", 400)]
    public async Task What_is_no_request_of_the_protocol_is_refused(string method, string target, string body, int status)
    {
        await using var host = await ExchangeHost.StartAsync();
        Assert.Equal(status, (await host.LoggedOnAsync(method, Host, target, body, Version)).Status);
    }

    [Fact]
    public async Task OPTIONS_needs_a_logon_unless_the_organization_says_otherwise()
    {
        await using (var host = await ExchangeHost.StartAsync())
        {
            Assert.Equal(401, RawAnswer.Parse(await host.RawAsync($"OPTIONS {Target} HTTP/1.1\r\nHost: {Host}\r\nConnection: close\r\n\r\n")).Status);
        }

        await using (var host = await ExchangeHost.StartAsync(ExchangeHost.Contoso(organization => organization with { AnonymousOptions = true })))
        {
            var answer = RawAnswer.Parse(await host.RawAsync($"OPTIONS {Target} HTTP/1.1\r\nHost: {Host}\r\nConnection: close\r\n\r\n"));
            Assert.Equal(200, answer.Status);
            Assert.Equal(["2.0,2.1,2.5,12.0,12.1,14.0,14.1,16.0,16.1"], answer["MS-ASProtocolVersions"]);
            Assert.EndsWith(",ValidateCert,Find", answer["MS-ASProtocolCommands"].Single(), StringComparison.Ordinal);
        }
    }

    private static string Bytes(WbxmlElement root) => Encoding.Latin1.GetString(WbxmlWriter.Write(root));

    private static string? Status(RawAnswer answer) =>
        WbxmlReader.TryRead(Encoding.Latin1.GetBytes(answer.Body), out var root) ? root.Child(Tags.Settings.Status)?.Text : null;
}
