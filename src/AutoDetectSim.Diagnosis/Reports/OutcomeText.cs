using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Diagnosis.Reports;

/// <summary>What the person with the phone saw, in words.</summary>
internal static class OutcomeText
{
    /// <summary>An outcome by its name in JSON, as the end of a sentence that begins with "The phone".</summary>
    public static string Of(string outcome) => Enum.TryParse<Outcome>(outcome, ignoreCase: true, out var known) ? Seen(known) + (known == Outcome.ModernAuthSignIn ? ", as expected" : string.Empty) : outcome;

    /// <summary>Whether the outcome is what a person with a mailbox on healthy servers sees.</summary>
    public static bool IsMeant(string outcome) => Enum.TryParse<Outcome>(outcome, ignoreCase: true, out var known)
        && known is Outcome.ModernAuthSignIn or Outcome.BasicAuthAdded or Outcome.ProviderSignIn or Outcome.ImapSetup or Outcome.SovereignSignIn;

    /// <summary>Whether the phone shows something that rests on an account that was found.</summary>
    public static bool HasAccount(string outcome) => Enum.TryParse<Outcome>(outcome, ignoreCase: true, out var known)
        && known is not (Outcome.SelectProvider or Outcome.StillSearching or Outcome.TryAgain);

    /// <summary>The same without an opinion.</summary>
    public static string Seen(Outcome outcome) => outcome switch
    {
        Outcome.SelectProvider => "asks to select the email provider",
        Outcome.ModernAuthSignIn => "shows Microsoft's sign-in page",
        Outcome.BasicAuthAdded => "asks for the password, and adds the account with Basic authentication",
        Outcome.InsecureConnection => "warns of an insecure connection",
        Outcome.WrongProvider => "shows the sign-in page of the wrong provider",
        Outcome.ProviderSignIn => "shows the sign-in page of the mailbox's provider",
        Outcome.ImapSetup => "asks for the password of an IMAP account",
        Outcome.SovereignSignIn => "shows the sign-in page of a sovereign cloud",
        Outcome.StillSearching => "is still searching",
        _ => "says to try again later",
    };
}
