using AutoDetectSim.Exchange.Organizations;

namespace AutoDetectSim.Exchange;

/// <summary>Who may log on.</summary>
internal static class Credentials
{
    /// <summary>
    /// Whether Basic credentials are those of a mailbox of the organization: its address, or DOMAIN\alias; any password will
    /// do.
    /// </summary>
    public static bool AreAccepted(RequestAuthorization authorization, Organization organization) => MailboxOf(authorization, organization) is not null;

    /// <summary>The mailbox that Basic credentials open, or null.</summary>
    public static EmailAddress? MailboxOf(RequestAuthorization authorization, Organization organization)
    {
        if (string.IsNullOrEmpty(authorization.UserName) || string.IsNullOrEmpty(authorization.Password))
        {
            return null;
        }

        var name = authorization.UserName;
        if (name.IndexOf('\\', StringComparison.Ordinal) is >= 0 and var slash)
        {
            name = $"{name[(slash + 1)..]}@{organization.PrimaryDomain}";
        }

        return EmailAddress.TryParse(name, out var address) && organization.HasMailbox(address) ? address : null;
    }
}
