using AutoDetectSim.Diagnosis.Checking.Grouping;
using AutoDetectSim.Scenarios.Servers;

namespace AutoDetectSim.Diagnosis.Reports;

/// <summary>The commands of real servers that repair faults, where there are such.</summary>
internal static class RepairLines
{
    private const string Windows = "Exchange and IIS (PowerShell as administrator)";
    private const string Nginx = "nginx";
    private const string HaProxy = "HAProxy";
    private const string F5 = "F5 BIG-IP";

    /// <summary>The commands for faults, each repair once.</summary>
    /// <param name="faults">Names of faults.</param>
    /// <param name="host">A host that the servers serve.</param>
    public static IReadOnlyList<RepairDocument> For(IEnumerable<string> faults, string host) =>
        [.. faults.Select(KindOf).OfType<Kind>().Distinct().Order().SelectMany(kind => For(kind, host))];

    private static Kind? KindOf(string fault) => fault switch
    {
        FaultNames.MissingIntermediate or FaultNames.WrongIntermediate or FaultNames.UnrelatedIntermediate or FaultNames.ExpiredIntermediate or FaultNames.ExpiredCrossSign => Kind.Chain,
        FaultNames.ExpiredLeaf or FaultNames.NotYetValidLeaf or FaultNames.NameMismatch or FaultNames.SelfSigned or FaultNames.UntrustedRoot
            or FaultNames.UntrustedRootIncluded or FaultNames.ClientAuthOnly or FaultNames.WrongPurpose => Kind.Certificate,
        FaultNames.ProtocolVersion => Kind.Version,
        FaultNames.ClientCertificate => Kind.ClientCertificate,
        FaultNames.NoModernAuthentication or FaultNames.MissingAuthorizationUri => Kind.ModernAuthentication,
        _ => null,
    };

    private static IEnumerable<RepairDocument> For(Kind kind, string host) => kind switch
    {
        Kind.Chain =>
        [
            new("Present the complete chain", Windows,
            [
                @"Import-Certificate -FilePath INTERMEDIATE.cer -CertStoreLocation Cert:\LocalMachine\CA",
                @"Get-ChildItem Cert:\LocalMachine\CA | Format-Table Subject, NotAfter, Thumbprint",
                "iisreset",
            ]),
            new("Present the complete chain", Nginx, ["cat SERVER.pem INTERMEDIATE.pem > CHAIN.pem", .. ServerLines.Nginx(host, "CHAIN.pem", "KEY.pem"), "nginx -t && nginx -s reload"]),
            new("Present the complete chain", HaProxy, ["cat SERVER.pem INTERMEDIATE.pem > CHAIN.pem", .. ServerLines.HaProxy("CHAIN.pem", "KEY.pem", "BUNDLE.pem").Where(line => line.Length > 0)]),
            new("Present the complete chain", F5, [ServerLines.F5Certificate("INTERMEDIATE", "INTERMEDIATE.pem"), "tmsh modify ltm profile client-ssl PROFILE " + ServerLines.F5Chain("default", "SERVER", "INTERMEDIATE")]),
        ],
        Kind.Certificate =>
        [
            new("Bind another certificate", Windows, [.. ServerLines.ImportPfx("SERVER.pfx"), "Enable-ExchangeCertificate -Thumbprint THUMBPRINT -Services IIS"]),
            new("Bind another certificate", Nginx, [.. ServerLines.Nginx(host, "CHAIN.pem", "KEY.pem"), "nginx -t && nginx -s reload"]),
            new("Bind another certificate", HaProxy, [.. ServerLines.HaProxy("CHAIN.pem", "KEY.pem", "BUNDLE.pem").Where(line => line.Length > 0)]),
            new("Bind another certificate", F5,
            [
                "tmsh install sys crypto key SERVER from-local-file KEY.pem",
                ServerLines.F5Certificate("SERVER", "SERVER.pem"),
                ServerLines.F5Certificate("INTERMEDIATE", "INTERMEDIATE.pem"),
                "tmsh modify ltm profile client-ssl PROFILE " + ServerLines.F5Chain("default", "SERVER", "INTERMEDIATE"),
            ]),
        ],
        Kind.Version =>
        [
            new("Enable TLS 1.2", Windows,
            [
                @"$key = 'HKLM:\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Protocols\TLS 1.2\Server'",
                "New-Item $key -Force",
                "New-ItemProperty $key -Name Enabled -Value 1 -PropertyType DWord -Force",
                "New-ItemProperty $key -Name DisabledByDefault -Value 0 -PropertyType DWord -Force",
                "Restart-Computer",
            ]),
            new("Enable TLS 1.2", Nginx, ["ssl_protocols TLSv1.2 TLSv1.3;"]),
            new("Enable TLS 1.2", HaProxy, ["bind :443 ssl crt BUNDLE.pem ssl-min-ver TLSv1.2"]),
        ],
        Kind.ClientCertificate =>
        [
            new("Do not require client certificates", Windows,
            [
                "Set-WebConfigurationProperty -PSPath 'IIS:\\' -Location 'Default Web Site/Microsoft-Server-ActiveSync' -Filter system.webServer/security/access -Name sslFlags -Value 'Ssl'",
            ]),
            new("Do not require client certificates", Nginx, ["ssl_verify_client off;"]),
            new("Do not require client certificates", HaProxy, ["bind :443 ssl crt BUNDLE.pem verify none"]),
            new("Do not require client certificates", F5, ["tmsh modify ltm profile client-ssl PROFILE peer-cert-mode ignore"]),
        ],
        _ =>
        [
            new("Offer modern authentication", Windows,
            [
                "Get-ActiveSyncVirtualDirectory | Format-List Server, *auth*",
                "Get-AuthServer | Format-List Name, IsDefaultAuthorizationEndpoint, Enabled",
                "Set-AuthServer -Identity EvoSTS -IsDefaultAuthorizationEndpoint $true",
                "Set-OrganizationConfig -OAuth2ClientProfileEnabled $true",
            ]),
        ],
    };

    private enum Kind
    {
        Chain,
        Certificate,
        Version,
        ClientCertificate,
        ModernAuthentication,
    }
}
