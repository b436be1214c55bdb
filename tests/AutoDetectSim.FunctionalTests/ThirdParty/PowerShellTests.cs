using AutoDetectSim.FunctionalTests.Support;

namespace AutoDetectSim.FunctionalTests.ThirdParty;

/// <summary>PowerShell, in which most of the field's scripts are written.</summary>
[Trait("Needs", "tools")]
public sealed class PowerShellTests
{
    [Fact]
    public async Task PowerShell_makes_the_calls_of_the_field_scripts()
    {
        await using var lab = await LabProcess.StartAsync(Tool.Scenario("healthy.yaml"));
        var printed = (await lab.BannerAsync()).Split(Environment.NewLine).Single(line => line.StartsWith("  Invoke-WebRequest", StringComparison.Ordinal)).Trim();
        var options = $"-SkipCertificateCheck -Proxy {lab.Gateway}";
        var result = await PowerShell.RunAsync($$"""
            ({{printed}}).Content

            # [TEAMS]
            (Invoke-RestMethod {{options}} -UserAgent Teams -Uri 'https://autodiscover.contoso.com/autodiscover/autodiscover.json?Email=your@contoso.com&Protocol=EWS&RedirectCount=5').Url

            # [S-PROBE]: the address as Basic credentials, and the members that the script reads.
            $basic = 'Basic ' + [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes('your@contoso.com'))
            $answer = Invoke-RestMethod {{options}} -Headers @{ Authorization = $basic } -Uri '{{lab.DetectUrl}}'
            "$($answer.services.service) $($answer.services.onprem)"

            # [HMAEAS]: the empty Bearer.
            try {
                Invoke-RestMethod {{options}} -Headers @{ Accept = 'application/json'; Authorization = 'Bearer '; 'Content-Length' = '0' } -Uri 'https://mail.contoso.com/Microsoft-Server-ActiveSync'
            } catch {
                $_.Exception.Response.Headers.WwwAuthenticate | ForEach-Object { "$_" }
            }
            """);
        Assert.True(result.ExitCode == 0, result.ToString());
        var lines = result.Output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(5, lines.Length);
        Assert.Equal(
            """{"email":"your@contoso.com","services":[{"service":"office365","protocol":"rest","hostname":"outlook.office.com","aad":"https://login.microsoftonline.com/common/oauth2/authorize","onprem":"https://mail.contoso.com/Microsoft-Server-ActiveSync"}],"protocols":[]}""",
            lines[0]);
        Assert.Equal("https://mail.contoso.com/EWS/Exchange.asmx", lines[1]);
        Assert.Equal("office365 https://mail.contoso.com/Microsoft-Server-ActiveSync", lines[2]);
        Assert.StartsWith("Bearer client_id=\"00000002-0000-0ff1-ce00-000000000000\"", lines[3], StringComparison.Ordinal);
        Assert.Contains("authorization_uri=\"https://login.windows.net/common/oauth2/authorize\"", lines[3], StringComparison.Ordinal);
        Assert.Equal("Basic realm=\"mail.contoso.com\"", lines[4]);
    }
}
