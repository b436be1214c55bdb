using AutoDetectSim.Documents;
using AutoDetectSim.Protocols;

namespace AutoDetectSim.Scenarios.Validation;

/// <summary>Domains that two organizations claim, and mailboxes outside their organization's domains.</summary>
internal static class OrganizationRules
{
    public static void Check(Scenario scenario, ProblemSink problems)
    {
        var domains = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var organization in scenario.Organizations)
        {
            var path = ModelPath.Root / "organizations" / organization.Name;
            if (organization.Domains.Count == 0)
            {
                problems.AddAt(path / "domains", "`domains` must list at least one domain", null, "domains");
            }

            for (var index = 0; index < organization.Domains.Count; index++)
            {
                var domain = organization.Domains[index];
                if (!domains.TryAdd(domain, organization.Name))
                {
                    problems.AddAt(path / "domains" / index, $"The domain {domain} already belongs to the organization `{domains[domain]}`", domain);
                }
            }

            CheckMailboxes(organization, path, problems);
            CheckMailboxSettings(organization, path, problems);
        }
    }

    private static void CheckMailboxSettings(OrganizationDefinition organization, ModelPath path, ProblemSink problems)
    {
        foreach (var mailbox in organization.MailboxSettings.Keys)
        {
            if (EmailAddress.DomainOf(mailbox) is { } domain && !organization.Domains.Contains(domain, StringComparer.OrdinalIgnoreCase))
            {
                problems.AddAt(
                    path / "mailboxSettings" / mailbox,
                    $"The mailbox {mailbox} is not in any of the organization's domains ({string.Join(", ", organization.Domains)})",
                    mailbox,
                    problems.Nearest(domain, organization.Domains));
            }
        }
    }

    private static void CheckMailboxes(OrganizationDefinition organization, ModelPath path, ProblemSink problems)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var index = 0; index < organization.Mailboxes.Count; index++)
        {
            var mailbox = organization.Mailboxes[index];
            if (!seen.Add(mailbox))
            {
                problems.AddAt(path / "mailboxes" / index, $"Duplicate mailbox {mailbox}", mailbox);
            }
            else if (EmailAddress.DomainOf(mailbox) is { } domain && !organization.Domains.Contains(domain, StringComparer.OrdinalIgnoreCase))
            {
                problems.AddAt(
                    path / "mailboxes" / index,
                    $"The mailbox {mailbox} is not in any of the organization's domains ({string.Join(", ", organization.Domains)})",
                    mailbox,
                    problems.Nearest(domain, organization.Domains));
            }
        }
    }
}
