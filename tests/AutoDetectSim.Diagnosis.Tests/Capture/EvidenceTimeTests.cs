using System.Globalization;
using AutoDetectSim.Diagnosis.Capture.Observations;
using AutoDetectSim.Evidence;

namespace AutoDetectSim.Diagnosis.Tests.Capture;

/// <summary>When evidence is from, where the program's own output does not say it.</summary>
public sealed class EvidenceTimeTests
{
    private static readonly string Call = string.Join('\n', File.ReadAllLines(CapturedEvidence.Fixture("cases/22-shell-prompt-in-brackets.txt")).Where(line => !line.Contains("Start Time", StringComparison.Ordinal))) + "\n";

    [Theory]
    [InlineData("Script started on 2026-10-08 14:40:01+02:00 [TERM=\"xterm\" TTY=\"/dev/pts/0\"]\n", "2026-10-08 12:40")]
    [InlineData("Script started on Thu 08 Oct 2026 02:40:01 PM UTC\n", "2026-10-08 14:40")]
    [InlineData("Script started on Thu Oct  8 14:40:01 2026\n", "2026-10-08 14:40")]
    [InlineData("=~=~=~=~=~=~=~=~=~=~=~= PuTTY log 2026.10.08 14:40:01 =~=~=~=~=~=~=~=~=~=~=~=\n", "2026-10-08 14:40")]
    [InlineData("**********************\nWindows PowerShell transcript start\nStart time: 20261008144001\nUsername: CONTOSO\\ann\n", "2026-10-08 14:40")]
    [InlineData("[root@gw ~]# date\nThu Oct  8 14:40:01 UTC 2026\n", "2026-10-08 14:40")]
    [InlineData("[root@gw ~]# date\nThu Oct  8 14:40:01 CEST 2026\n", "2026-10-08 12:40")]
    [InlineData("$ date -Is\n2026-10-08T14:40:01+02:00\n", "2026-10-08 12:40")]
    public void The_time_that_a_recording_or_date_shows_is_the_time_of_the_calls_after_it(string before, string expected)
    {
        var call = Assert.Single(EvidenceReader.Parse("Hi,\n\n" + before + Call, "mail.txt").Calls);
        Assert.Equal(expected, call.At?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("2026-10-08T14:40:01.123Z ")]
    [InlineData("[2026-10-08 14:40:01] ")]
    [InlineData("2026/10/08 14:40:01 ")]
    public void The_time_that_a_log_puts_before_each_line_is_the_time_of_the_call(string stamp)
    {
        var text = string.Concat(Call.TrimEnd().Split('\n').Select(line => stamp + line + "\n"));
        Assert.Equal("2026-10-08 14:40", Assert.Single(EvidenceReader.Parse(text, "mail.txt").Calls).At?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("From: Ann <ann@contoso.com>\nDate: Thu, 8 Oct 2026 14:40:01 +0200\nSubject: Phones\n\n", "2026-10-08 12:40")]
    [InlineData("From: Ann\nSent: Thursday, October 8, 2026 2:40 PM\nTo: Bob\nSubject: Phones\n\n", "2026-10-08 14:40")]
    [InlineData("From: Ann\nSent: 08 October 2026 14:40\nTo: Bob\n\n", "2026-10-08 14:40")]
    [InlineData("*From:* Ann\n*Sent:* 13/10/2026 14:40\n*To:* Bob\n\n", "2026-10-13 14:40")]
    [InlineData("Von: Ann\nGesendet: Dienstag, 3. März 2026 14:40\nAn: Bob\nBetreff: AW: Handys\n\n", "2026-03-03 14:40")]
    [InlineData("De : Ann\nEnvoyé : mardi 1 décembre 2026 14:40\nÀ : Bob\nObjet : RE: téléphones\n\n", "2026-12-01 14:40")]
    [InlineData("De: Ann\nEnviado el: jueves, 8 de octubre de 2026 14:40\nPara: Bob\n\n", "2026-10-08 14:40")]
    [InlineData("Da: Ann\nInviato: giovedì 8 ottobre 2026 14:40\nA: Bob\n\n", "2026-10-08 14:40")]
    [InlineData("差出人: Ann\n送信日時: 2026年10月8日 14:40\n宛先: Bob\n\n", "2026-10-08 14:40")]
    [InlineData("On Thu, Oct 8, 2026 at 2:40 PM Ann <ann@contoso.com> wrote:\n\n", "2026-10-08 14:40")]
    [InlineData("On Thu, 8 Oct 2026, 14:40 Ann, <ann@contoso.com> wrote:\n\n", "2026-10-08 14:40")]
    [InlineData("Am 08.10.2026 um 14:40 schrieb Ann:\n\n", "2026-10-08 14:40")]
    [InlineData("Le 13/10/2026 à 14:40, Ann a écrit :\n\n", "2026-10-13 14:40")]
    public void The_date_of_the_mail_counts_before_that_of_the_file_and_is_called_assumed(string head, string expected)
    {
        var newer = "From: Bob\nDate: Mon, 30 Nov 2026 09:00:00 +0000\nSubject: Re: Phones\n\nsee below\n\n";
        var observations = EvidenceWorld.Make(EvidenceReader.Parse(newer + head + Call, "mail.txt").Calls, CapturedEvidence.Question());
        Assert.Contains(observations.Guesses, guess => guess.Contains("the date of the mail is taken: " + expected, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("We renew on 2027-01-01 at 12:00.\n")]
    [InlineData("HTTP/1.1 200 OK\nDate: Thu, 08 Oct 2026 14:40:01 GMT\nServer: nginx\n\n")]
    [InlineData("From: Ann\nSent: 3/4/2026 2:40 PM\nTo: Bob\n\n")]
    [InlineData("From: Ann\nSent: yesterday\nTo: Bob\n\n")]
    [InlineData("From: Ann\nSent: 45. Oktober 2026 14:40\nTo: Bob\n\n")]
    public void A_date_that_may_be_another_one_is_not_taken(string before)
    {
        var observations = EvidenceWorld.Make([.. EvidenceReader.Parse(before + Call, "mail.txt").Calls.Where(call => call.Sent.Count > 0)], CapturedEvidence.Question());
        Assert.Contains(observations.Guesses, guess => guess.Contains("the time at which the file was saved is taken: 2026-12-01 12:00", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("    Verify return code: 0 (ok)\n    Verify return code: 21 (unable to verify the first certificate)\n", "this is only the verdict of openssl s_client")]
    [InlineData("subject=CN = mail.contoso.com\nissuer=CN = R1\nnotBefore=Oct  8 12:00:00 2026 GMT\nnotAfter=Jan  8 12:00:00 2027 GMT\n", "this is what openssl x509 prints")]
    [InlineData("error 20 at 0 depth lookup: unable to get local issuer certificate\nerror leaf.pem: verification failed\n", "this is what openssl verify prints")]
    public void What_grep_left_over_is_refused_with_the_command_for_the_same_host(string output, string words)
    {
        var message = CapturedEvidence.Refuse("$ openssl s_client -connect mail.contoso.com:443 -servername mail.contoso.com </dev/null | grep -E 'return|issuer'\n" + output);
        Assert.Contains(words, message, StringComparison.Ordinal);
        Assert.Contains("-connect mail.contoso.com:443 -servername mail.contoso.com -showcerts", message, StringComparison.Ordinal);
    }
}
