using System.CommandLine;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Cli.Check;

/// <summary>The <c>--starttls</c> option.</summary>
internal static class StartTlsOption
{
    public static Option<MailProtocol?> Create()
    {
        var option = new Option<MailProtocol?>("--starttls")
        {
            Description = "Mail protocol in which to ask for TLS: smtp, imap or pop3. Default: TLS starts with the connection. The default port is then 587, 143 or 110.",
            HelpName = "smtp|imap|pop3",
            CustomParser = result =>
            {
                switch (result.Tokens[0].Value)
                {
                    case "smtp":
                        return MailProtocol.Smtp;
                    case "imap":
                        return MailProtocol.Imap;
                    case "pop3":
                        return MailProtocol.Pop3;
                    default:
                        result.AddError($"--starttls must be smtp, imap or pop3, not '{result.Tokens[0].Value}'.");
                        return null;
                }
            },
        };

        // Else shells would complete the names that the code has for them.
        option.CompletionSources.Clear();
        option.CompletionSources.Add("smtp", "imap", "pop3");
        return option;
    }
}
