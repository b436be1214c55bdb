namespace AutoDetectSim.Network;

/// <summary>The names of clients for people.</summary>
internal static class CallerWords
{
    /// <summary>A kind of client in a few words.</summary>
    public static string Of(CallerKind kind) => kind switch
    {
        CallerKind.AutoDetect => "AutoDetect",
        CallerKind.ExchangeOnline => "Exchange Online",
        CallerKind.OutlookDesktop => "Outlook on the desktop",
        CallerKind.ForgottenDevice => "a forgotten device",
        CallerKind.ExchangeServer => "an Exchange server",
        _ => "a program",
    };
}
