using AutoDetectSim.Scenarios;

namespace AutoDetectSim.AutoDetect.Database;

/// <summary>The kinds of account that AutoDetect knows by itself ([SETUPDOC]): Microsoft 365, Outlook.com, Google, Yahoo, iCloud.</summary>
internal static class BuiltInProviders
{
    public static readonly IReadOnlyList<ProviderRecordDefinition> All =
    [
        new()
        {
            Id = "google",
            Service = "google",
            MailDomains = ["gmail.com", "googlemail.com"],
            MailExchangers = [".google.com", ".googlemail.com"],
        },
        new()
        {
            Id = "yahoo",
            Service = "yahoo",
            MailDomains = ["yahoo.com", "ymail.com", "rocketmail.com", "yahoo.co.uk", "yahoo.fr", "yahoo.de", "yahoo.it", "yahoo.es", "yahoo.ca", "yahoo.in", "yahoo.com.br"],
            MailExchangers = [".yahoodns.net"],
        },
        new()
        {
            Id = "yahoo.co.jp",
            Service = "yahoo.co.jp",
            MailDomains = ["yahoo.co.jp", "ybb.ne.jp"],
            MailExchangers = [".yahoo.co.jp"],
        },
        new()
        {
            Id = "icloud",
            Service = "icloud",
            MailDomains = ["icloud.com", "me.com", "mac.com"],
            MailExchangers = [".mail.icloud.com"],
        },
        new()
        {
            Id = "outlook",
            Service = "outlook",
            MailDomains = ["outlook.com", "hotmail.com", "live.com", "msn.com", "outlook.de", "outlook.fr", "hotmail.co.uk", "hotmail.fr", "hotmail.de", "live.co.uk"],
            MailExchangers = [".olc.protection.outlook.com"],
        },
        new()
        {
            Id = "office365",
            Service = "office365",
            MailExchangers = [".mail.protection.outlook.com", ".mx.microsoft"],
        },
    ];
}
