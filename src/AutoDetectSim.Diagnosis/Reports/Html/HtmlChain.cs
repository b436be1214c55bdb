using AutoDetectSim.Diagnosis.Checking.Grouping;

namespace AutoDetectSim.Diagnosis.Reports.Html;

/// <summary>The part of the page about one presented chain.</summary>
internal static class HtmlChain
{
    public static void Append(HtmlWriter page, ChainDocument chain)
    {
        page.Open("article", "chain " + (chain.Accepted ? "good" : "bad")).Open("h3").Text($"Chain {chain.Label}: ").Element("code", chain.Code).Close("h3");
        page.Element("p", $"{chain.Attempts} {(chain.Attempts == 1 ? "connection" : "connections")}, {ReportText.Percent(chain.Share)} ({ReportText.Interval(chain.Confidence95)}), from {NameRow.Of(chain.Nodes)}. {chain.Explanation}");
        page.Open("p").Text("SSL Labs: ").Element("strong", chain.ChainIssues.Count == 0 ? "no chain issues" : "chain issues: " + string.Join(", ", chain.ChainIssues)).Text(".");
        var remarks = chain.Faults.Concat(chain.Remarks).Select(FaultNames.Words).ToList();
        page.Text(remarks.Count == 0 ? "" : " Remarks: " + string.Join("; ", remarks) + ".").Close("p");
        Missing(page, chain.Missing);
        page.Open("ol", "presented");
        foreach (var certificate in chain.Presented)
        {
            page.Open("li").Element("strong", certificate.Subject).Element("span", $" issued by {certificate.Issuer}, {ReportText.Date(certificate.NotBefore)} to {ReportText.Date(certificate.NotAfter)}", "small").Close("li");
        }

        page.Close("ol").Fold("Certificates in full", _ => Certificates(page, chain)).Close("article");
    }

    private static void Missing(HtmlWriter page, MissingDocument? missing)
    {
        if (missing is null)
        {
            return;
        }

        page.Open("dl", "missing");
        Fact(page, "Missing", missing.Subject);
        Fact(page, "Key identifier", missing.KeyIdentifier ?? "");
        Fact(page, "Download (AIA)", missing.AiaUrl ?? "");
        page.Close("dl");
    }

    private static void Certificates(HtmlWriter page, ChainDocument chain)
    {
        page.Open("ol");
        foreach (var certificate in chain.Presented)
        {
            page.Open("li").Element("strong", certificate.Subject).Open("dl");
            Fact(page, "Issuer", certificate.Issuer);
            Fact(page, "Serial number", certificate.SerialNumber);
            Fact(page, "Valid", $"{ReportText.Date(certificate.NotBefore)} to {ReportText.Date(certificate.NotAfter)}");
            Fact(page, "Key", $"{certificate.PublicKey}, signed with {certificate.SignatureAlgorithm}");
            Fact(page, "Hosts", string.Join(", ", certificate.Hosts));
            Fact(page, "Key identifier", certificate.KeyIdentifier ?? "");
            Fact(page, "Issuer's key identifier", certificate.IssuerKeyIdentifier ?? "");
            Fact(page, "AIA", string.Join(", ", certificate.AiaUrls));
            Fact(page, "SHA-256", certificate.Sha256);
            page.Close("dl").Close("li");
        }

        page.Close("ol");
    }

    private static void Fact(HtmlWriter page, string name, string value)
    {
        if (value.Length > 0)
        {
            page.Element("dt", name).Element("dd", value);
        }
    }
}
