using AutoDetectSim.Protocols;

namespace AutoDetectSim.Cli.Output;

/// <summary>E-mail addresses of the command line.</summary>
internal static class AddressInput
{
    /// <summary>What is wrong with an address that must be one, or null.</summary>
    public static string? Problem(string? text) =>
        text is null || (EmailAddress.TryParse(text, out _) && EmailAddress.OnTheWire(text) is not null) ? null
        : EmailAddress.TryParse(text, out _) ? $"'{text}' cannot be sent in a header: the part before the at sign must be ASCII."
        : $"'{text}' is not an e-mail address.";

    /// <summary>What is wrong with an address that is sent whatever it is, or null.</summary>
    public static string? ProblemOfSending(string? text) =>
        text is null || EmailAddress.OnTheWire(text) is not null ? null
        : text.Any(char.IsControl) ? $"'{text}' is not an e-mail address: it has a control character in it."
        : Problem(text) ?? $"'{text}' is not an e-mail address.";
}
