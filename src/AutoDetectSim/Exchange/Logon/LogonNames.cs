using AutoDetectSim.Exchange.Organizations;

namespace AutoDetectSim.Exchange.Logon;

/// <summary>The names by which users log on.</summary>
internal static class LogonNames
{
    /// <summary>The mailbox of a user name, which is an address or the older <c>DOMAIN\alias</c>; null when there is none.</summary>
    public static EmailAddress? MailboxOf(string name, Organization organization)
    {
        if (name.IndexOf('\\', StringComparison.Ordinal) is >= 0 and var slash)
        {
            name = $"{name[(slash + 1)..]}@{organization.PrimaryDomain}";
        }

        return EmailAddress.TryParse(name, out var address) && organization.HasMailbox(address) ? address : null;
    }
}
