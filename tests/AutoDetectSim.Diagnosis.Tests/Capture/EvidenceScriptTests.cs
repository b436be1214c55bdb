using AutoDetectSim.Evidence;

namespace AutoDetectSim.Diagnosis.Tests.Capture;

/// <summary>Scripts with variables and loops: each call is about the host that the script asked, and not about another name of its certificate.</summary>
public sealed class EvidenceScriptTests
{
    private static readonly string Complete = Output("cases/02-indented-complete.txt", 3);
    private static readonly string Leaf = Output("cases/22-shell-prompt-in-brackets.txt", 1);

    [Theory]
    [InlineData("$ H=eas.contoso.com\n$ openssl s_client -connect $H:443 -servername $H </dev/null\n")]
    [InlineData("$ export H=\"eas.contoso.com\"; openssl s_client -connect ${H}:443 -servername ${H}\n")]
    [InlineData("PS C:\\> $h = 'eas.contoso.com'\nPS C:\\> openssl s_client -connect \"${h}:443\" -servername $h\n")]
    [InlineData("C:\\>set H=eas.contoso.com\n\nC:\\>openssl s_client -connect %H%:443 -servername %H%\n")]
    public void The_host_in_a_variable_is_known(string script)
    {
        var call = Assert.Single(EvidenceReader.Parse(script + Leaf, "x").Calls);
        Assert.Equal(("eas.contoso.com", 443, "eas.contoso.com"), (call.Host, call.Port, call.ServerName));
    }

    [Theory]
    [InlineData("$ for h in autodiscover mail; do openssl s_client -connect $h.contoso.com:443 -servername $h.contoso.com -showcerts </dev/null; done\n")]
    [InlineData("# for HOST in autodiscover.contoso.com mail.contoso.com\n> do\n>   openssl s_client -connect \"${HOST}:443\" -servername \"${HOST}\" < /dev/null\n> done 2>&1\n")]
    [InlineData("PS C:\\> foreach ($h in \"autodiscover.contoso.com\",\"mail.contoso.com\") { \"\" | openssl s_client -connect \"${h}:443\" -servername $h 2>&1 }\n")]
    [InlineData("C:\\>for %h in (autodiscover.contoso.com mail.contoso.com) do @openssl s_client -connect %h:443 -servername %h < nul\n")]
    public void Each_call_of_a_loop_over_hosts_has_its_own_host(string script) =>
        Assert.Equal(["autodiscover.contoso.com 2", "mail.contoso.com 1"], EvidenceReader.Parse(script + Complete + Leaf, "x").Calls.Select(call => $"{call.Host} {call.Sent.Count}"));

    [Theory]
    [InlineData("for h in autodiscover mail; do for i in 1 2; do openssl s_client -connect $h.contoso.com:443; done; done", "autodiscover autodiscover mail mail")]
    [InlineData("for i in $(seq 2); do for h in autodiscover mail; do openssl s_client -connect $h.contoso.com:443; done; done", "autodiscover mail autodiscover mail")]
    public void Loops_within_loops_are_followed_and_that_is_said(string script, string hosts)
    {
        var calls = EvidenceReader.Parse($"$ {script}\n{Leaf}{Leaf}{Leaf}{Leaf}", "x").Calls;
        Assert.Equal(hosts.Split(' ').Select(label => label + ".contoso.com"), calls.Select(call => call.Host));
        Assert.All(calls, call => Assert.Contains(call.Guesses, guess => guess.Contains("by its place", StringComparison.Ordinal)));
    }

    [Fact]
    public void Where_a_call_of_a_loop_is_missing_no_call_is_given_a_host() =>
        Assert.All(EvidenceReader.Parse($"$ for h in autodiscover mail; do openssl s_client -connect $h.contoso.com:443; done\n{Leaf}{Leaf}{Leaf}", "x").Calls, call => Assert.Null(call.Host));

    private static string Output(string file, int skip) => string.Join('\n', File.ReadAllLines(CapturedEvidence.Fixture(file)).Skip(skip).Select(line => line.TrimStart(' '))) + "\n";
}
