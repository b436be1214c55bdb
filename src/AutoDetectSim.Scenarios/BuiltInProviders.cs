namespace AutoDetectSim.Scenarios;

/// <summary>The account types built into AutoDetect ([SETUPDOC]): Microsoft 365, Outlook.com, Google, Yahoo, iCloud.</summary>
internal static class BuiltInProviders
{
    public static readonly IReadOnlyList<ProviderRecordDefinition> All =
    [
        new()
        {
            Name = "google",
            Service = "google",
            MailDomains = ["gmail.com", "googlemail.com"],
            MailExchangers = [".google.com", ".googlemail.com"],
        },
        new()
        {
            Name = "yahoo",
            Service = "yahoo",
            MailDomains = ["yahoo.com", "ymail.com", "rocketmail.com", "yahoo.co.uk", "yahoo.fr", "yahoo.de", "yahoo.it", "yahoo.es", "yahoo.ca", "yahoo.in", "yahoo.com.br"],
            MailExchangers = [".yahoodns.net"],
        },
        new()
        {
            Name = "yahoo.co.jp",
            Service = "yahoo.co.jp",
            MailDomains = ["yahoo.co.jp", "ybb.ne.jp"],
            MailExchangers = [".yahoo.co.jp"],
        },
        new()
        {
            Name = "icloud",
            Service = "icloud",
            MailDomains = ["icloud.com", "me.com", "mac.com"],
            MailExchangers = [".mail.icloud.com"],
        },
        new()
        {
            Name = "outlook",
            Service = "outlook",
            MailDomains = ["outlook.com", "hotmail.com", "live.com", "msn.com", "outlook.de", "outlook.fr", "hotmail.co.uk", "hotmail.fr", "hotmail.de", "live.co.uk"],
            MailExchangers = [".olc.protection.outlook.com"],
        },
        new()
        {
            Name = "office365",
            Service = "office365",
            MailExchangers = [".mail.protection.outlook.com", ".mx.microsoft"],
        },
    ];
}
