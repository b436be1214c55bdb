using System.Text;
using AutoDetectSim.Diagnosis.Grouping;
using static AutoDetectSim.Reports.HtmlReport;

namespace AutoDetectSim.Reports;

/// <summary>The part of the page about one presented chain.</summary>
internal static class HtmlChain
{
    public static void Append(StringBuilder page, ChainDocument chain)
    {
        page.Append("<article class=\"chain ").Append(chain.Accepted ? "good" : "bad").Append("\">\n<h3>Chain ").Append(chain.Label).Append(": <code>").Append(E(chain.Code)).Append("</code></h3>\n");
        page.Append("<p>").Append(chain.Attempts).Append(" connections, ").Append(ReportWords.Percent(chain.Share)).Append(" (").Append(ReportWords.Interval(chain.Confidence95)).Append("), from ").Append(E(NameRow.Of(chain.Nodes))).Append(". ").Append(E(chain.Explanation)).Append("</p>\n");
        page.Append("<p>SSL Labs would say: chain issues <strong>").Append(chain.ChainIssues.Count == 0 ? "None" : E(string.Join(", ", chain.ChainIssues))).Append("</strong>.");
        var remarks = chain.Faults.Concat(chain.Remarks).Select(FaultNames.Words).ToList();
        page.Append(remarks.Count == 0 ? "" : " In short: " + E(string.Join("; ", remarks)) + ".").Append("</p>\n");
        if (chain.Missing is { } missing)
        {
            page.Append("<p class=\"missing\">Missing: <strong>").Append(E(missing.Subject)).Append("</strong>");
            page.Append(missing.KeyIdentifier is null ? "" : $"<br>key identifier <code>{E(missing.KeyIdentifier)}</code>").Append(missing.AiaUrl is null ? "" : $"<br>can be downloaded from <code>{E(missing.AiaUrl)}</code>").Append("</p>\n");
        }

        Clients(page, chain);
        Presented(page, chain);
        page.Append("</article>\n");
    }

    private static void Clients(StringBuilder page, ChainDocument chain)
    {
        if (chain.Clients.Count == 0)
        {
            return;
        }

        page.Append("<div class=\"scroll\"><table>\n<thead><tr><th>Client</th><th>In daily use</th><th>First visit</th><th>Because</th></tr></thead>\n<tbody>\n");
        foreach (var client in chain.Clients)
        {
            page.Append("<tr><th scope=\"row\">").Append(E(client.Title)).Append("</th>").Append(Passes(client.Accepted)).Append(Passes(client.OnFirstVisit)).Append("<td>").Append(E(client.Because));
            page.Append("<details><summary>details</summary><p>Says: <code>").Append(E(client.Words)).Append("</code></p><ol>");
            foreach (var step in client.Path)
            {
                page.Append("<li>").Append(E(step.Subject)).Append(" <span class=\"small\">").Append(ReportWords.Source(step.Source)).Append("</span></li>");
            }

            page.Append("</ol><p class=\"small\">Rests on: ").Append(string.Join(", ", client.Sources.Select(source => $"<span class=\"source\">{E(source)}</span>"))).Append("</p></details></td></tr>\n");
        }

        page.Append("</tbody>\n</table></div>\n");
    }

    private static void Presented(StringBuilder page, ChainDocument chain)
    {
        page.Append("<details>\n<summary>Certificates as presented (").Append(chain.Presented.Count).Append(")</summary>\n<ol class=\"certificates\">\n");
        foreach (var certificate in chain.Presented)
        {
            page.Append("<li><strong>").Append(E(certificate.Subject)).Append("</strong><dl>");
            Fact(page, "Issuer", certificate.Issuer);
            Fact(page, "Valid", $"{ReportWords.Date(certificate.NotBefore)} to {ReportWords.Date(certificate.NotAfter)}");
            Fact(page, "Key", $"{certificate.PublicKey}, signed with {certificate.SignatureAlgorithm}");
            Fact(page, "Hosts", string.Join(", ", certificate.Hosts));
            Fact(page, "Key identifier", certificate.KeyIdentifier ?? "");
            Fact(page, "Issuer's key identifier", certificate.IssuerKeyIdentifier ?? "");
            Fact(page, "AIA", string.Join(", ", certificate.AiaUrls));
            Fact(page, "SHA-256", certificate.Sha256);
            page.Append("</dl></li>\n");
        }

        page.Append("</ol>\n</details>\n");
    }

    private static void Fact(StringBuilder page, string name, string value)
    {
        if (value.Length > 0)
        {
            page.Append("<dt>").Append(name).Append("</dt><dd>").Append(E(value)).Append("</dd>");
        }
    }

    private static string Passes(bool passes) => passes ? "<td class=\"passes\">passes</td>" : "<td class=\"fails\">fails</td>";
}
