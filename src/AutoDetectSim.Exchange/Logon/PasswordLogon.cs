using System.Security.Cryptography;
using System.Text;
using AutoDetectSim.Exchange.Organizations;
using AutoDetectSim.Protocols;

namespace AutoDetectSim.Exchange.Logon;

/// <summary>Checks user names and passwords as Active Directory does, for every protocol that takes them.</summary>
internal sealed class PasswordLogon(AccountLockouts lockouts)
{
    /// <summary>The mailbox whose user name and password these are, or null.</summary>
    public EmailAddress? Judge(string? userName, string? password, Organization organization)
    {
        if (string.IsNullOrEmpty(userName)
            || string.IsNullOrEmpty(password)
            || organization.MailboxOf(userName) is not { } mailbox
            || lockouts.IsLocked(mailbox, organization.Definition.Lockout))
        {
            return null;
        }

        if (!IsPassword(organization.PasswordOf(mailbox), password))
        {
            lockouts.Failed(mailbox, organization.Definition.Lockout);
            return null;
        }

        lockouts.Forget(mailbox.Text);
        return mailbox;
    }

    private static bool IsPassword(string? expected, string given) =>
        expected is null || CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(given));
}
