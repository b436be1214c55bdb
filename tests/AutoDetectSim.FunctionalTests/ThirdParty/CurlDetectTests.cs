using System.Text;
using AutoDetectSim.FunctionalTests.Network;

namespace AutoDetectSim.FunctionalTests.ThirdParty;

/// <summary>curl makes AutoDetect's calls as the programs of the field make them ([SEED], [CAP2025], [S-PROBE], [DAUTHI], [PY2]).</summary>
[Trait("Needs", "tools")]
public sealed class CurlDetectTests
{
    private const string World = """
        organizations:
          contoso: { domains: [contoso.com], mailboxes: [your@contoso.com] }
        autoDetect:
          providers:
            seeatest:
              protocols:
                - { protocol: smtp, hostname: smtpgms.jnet.sei.co.jp, port: 465 }
                - { protocol: imap, hostname: imapgms.jnet.sei.co.jp, port: 993 }
          domains:
            example.com: { providerId: seeatest }
        """;

    private const string Nothing = """{"email":"your@contoso.com","services":[],"protocols":[]}""";

    private const string Hybrid =
        """{"email":"your@contoso.com","services":[{"service":"office365","protocol":"rest","hostname":"outlook.office.com","aad":"https://login.microsoftonline.com/common/oauth2/authorize","onprem":"https://mail.contoso.com/Microsoft-Server-ActiveSync"}],"protocols":[]}""";

    private const string Imap =
        """{"protocol":"imap","hostname":"imapgms.jnet.sei.co.jp","port":993,"encryption":"ssl","username":"email@example.com","validated":false}""";

    private const string Smtp =
        """{"protocol":"smtp","hostname":"smtpgms.jnet.sei.co.jp","port":465,"encryption":"ssl","username":"email@example.com","validated":false}""";

    private static readonly string[] Hosts =
    [
        "prod-api.acompli.net", "prod5-api.acompli.net", "prod-global-autodetect.acompli.net", "dev0-api.acompli.net",
        "prod-autodetect.outlookmobile.com", "autodetect.outlookmobile.com", "prod.autodetect.outlook.cloud.microsoft",
    ];

    [Theory]
    [InlineData("2021", "1.1")]
    [InlineData("2025", "2")]
    public async Task Every_host_and_path_takes_the_address_in_every_form(string edition, string version)
    {
        await using var lab = await NetworkLab.StartAsync($"edition: \"{edition}\"\n{World}");
        string[][] forms =
        [
            ["-H", "x-email: your@contoso.com"],
            ["-H", "X-Email: your@contoso.com", "-A", "Agent/20.08.0.23/Android/11"],
            ["-H", "Authorization: Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("your@contoso.com")), "-A", "PowershellRuntime"],
            ["-u", "your@contoso.com:password"],
        ];
        foreach (var host in Hosts)
        {
            foreach (var path in (string[])["/detect", "/autodetect/detect"])
            {
                foreach (var form in forms)
                {
                    var answer = await lab.CurlAsync([.. form, "-w", " %{http_code} HTTP/%{http_version}", $"https://{host}{path}"]);
                    Assert.Equal($"{Hybrid} 200 HTTP/{version}", answer.Output);
                }
            }
        }
    }

    /// <summary>The request targets of [SEED], [S-PROBE-OLD], [DAUTHI], [PY2] and [CAP2025], the bare path of [CROWLEY], and the unknown protocol name of [S-PROBE].</summary>
    [Theory]
    [InlineData("/detect?services=office365,outlook,google,icloud,yahoo&protocols=rest-cloud,rest-outlook,rest-office365,eas,imap,smtp", Hybrid, Imap + "," + Smtp)]
    [InlineData("/detect?protocols=eas,rest-cloud,imap,pop3,smtp&timeout=13.5&services=office365,outlook,google,icloud,yahoo", Hybrid, Imap + "," + Smtp)]
    [InlineData("/detect?services=office365,outlook,google,yahoo,icloud,yahoo.co.jp&protocols=all&timeout=20", Hybrid, Imap + "," + Smtp)]
    [InlineData("/detect?services=none&protocols=imap,smtp,pop3", Nothing, Imap + "," + Smtp)]
    [InlineData("/autodetect/detect?app=outlookdesktopBasic", Nothing, Imap + "," + Smtp)]
    [InlineData("/autodetect/detect", Hybrid, Imap + "," + Smtp)]
    [InlineData("/detect?protocols=eas,rest-cloud,imap,pop3,Email&timeout=13.5&services=office365,outlook,google,icloud,yahoo", Hybrid, Imap)]
    public async Task Every_query_of_the_field_gets_what_it_asks_for(string query, string hybrid, string protocols)
    {
        await using var lab = await NetworkLab.StartAsync(World);
        Assert.Equal(hybrid, await DetectAsync(lab, query, "your@contoso.com"));
        Assert.Equal($$"""{"email":"email@example.com","services":[],"protocols":[{{protocols}}]}""", await DetectAsync(lab, query, "email@example.com"));
    }

    private static async Task<string> DetectAsync(NetworkLab lab, string query, string email)
    {
        var answer = await lab.CurlAsync("-f", "-H", $"x-email: {email}", $"https://prod-autodetect.outlookmobile.com{query}");
        Assert.True(answer.ExitCode == 0, answer.ToString());
        return answer.Output;
    }
}
