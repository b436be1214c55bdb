using AutoDetectSim.FunctionalTests.Support;

namespace AutoDetectSim.FunctionalTests.ThirdParty;

/// <summary>PowerShell, in which most of the field's scripts are written.</summary>
public sealed class PowerShellTests
{
    [Fact]
    public async Task PowerShell_makes_the_calls_of_the_field_scripts()
    {
        await using var lab = await LabProcess.StartAsync(Tool.Scenario("healthy.yaml"));
        var printed = (await lab.BannerAsync()).Split(Environment.NewLine).Single(line => line.StartsWith("  Invoke-WebRequest", StringComparison.Ordinal)).Trim();
        Assert.Equal(
            """{"email":"your@contoso.com","services":[{"service":"office365","protocol":"rest","hostname":"outlook.office365.com","aad":"https://login.windows.net/common/oauth2/authorize","onprem":"https://mail.contoso.com/Microsoft-Server-ActiveSync"}],"protocols":[]}""",
            await RunAsync($"({printed}).Content"));

        // [TEAMS], and the members that [S-PROBE] reads.
        var options = $"-SkipCertificateCheck -Proxy {lab.Gateway}";
        Assert.Equal(
            "https://mail.contoso.com/EWS/Exchange.asmx",
            await RunAsync($"(Invoke-RestMethod {options} -UserAgent Teams -Uri 'https://autodiscover.contoso.com/autodiscover/autodiscover.json?Email=your@contoso.com&Protocol=EWS&RedirectCount=5').Url"));
        Assert.Equal(
            "office365 https://mail.contoso.com/Microsoft-Server-ActiveSync",
            await RunAsync($"$answer = Invoke-RestMethod {options} -Headers @{{ Authorization = 'Basic ' + [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes('your@contoso.com')) }} -Uri '{lab.DetectUrl}'; \"$($answer.services.service) $($answer.services.onprem)\""));

        // [HMAEAS]
        Assert.Contains(
            "authorization_uri=\"https://login.windows.net/common/oauth2/authorize\"",
            await RunAsync($"try {{ Invoke-RestMethod {options} -Headers @{{ Accept = 'application/json'; Authorization = 'Bearer '; 'Content-Length' = '0' }} -Uri 'https://mail.contoso.com/Microsoft-Server-ActiveSync' }} catch {{ $_.Exception.Response.Headers.WwwAuthenticate | ForEach-Object {{ \"$_\" }} }}"),
            StringComparison.Ordinal);
    }

    private static async Task<string> RunAsync(string command)
    {
        var result = await PowerShell.RunAsync(command);
        Assert.True(result.ExitCode == 0, result.ToString());
        return result.Output.Trim();
    }
}
