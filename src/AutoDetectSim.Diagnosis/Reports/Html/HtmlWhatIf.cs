namespace AutoDetectSim.Diagnosis.Reports.Html;

/// <summary>The part of the page about changes that were tried.</summary>
internal static class HtmlWhatIf
{
    public static void Append(HtmlWriter page, WhatIfRow? whatIf)
    {
        if (whatIf is null)
        {
            return;
        }

        page.Open("section").Element("h2", "Before and after").Element("p", whatIf.Lead);
        page.List("ul", [.. whatIf.Changes.Select(ChangeText.Of)]);
        if (whatIf.Changes.Count > 0)
        {
            page.Fold("As changes of the scenario", _ => page.Element("pre", string.Join('\n', whatIf.Changes)));
        }

        page.Element("p", whatIf.Note, "small").Open("ul", "bars");
        foreach (var (name, before, after) in whatIf.Rates)
        {
            if (before is { } rate)
            {
                Bars.Append(page, $"{name}, before", rate, ReportText.Percent(rate));
            }

            Bars.Append(page, $"{name}, after", after, ReportText.Percent(after));
        }

        page.Close("ul").Close("section");
    }
}
