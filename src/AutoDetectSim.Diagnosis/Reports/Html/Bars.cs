using System.Globalization;

namespace AutoDetectSim.Diagnosis.Reports.Html;

/// <summary>Shares as bars, one a line.</summary>
internal static class Bars
{
    /// <summary>Writes one bar.</summary>
    /// <param name="page">The page.</param>
    /// <param name="name">What the bar is about.</param>
    /// <param name="good">The part of the whole that is good, 0 to 1.</param>
    /// <param name="value">The words at the end.</param>
    /// <param name="length">How long the whole bar is, 0 to 1.</param>
    public static void Append(HtmlWriter page, string name, double good, string value, double length = 1)
    {
        page.Open("li").Element("span", name, "name").Open("span", "track").Open("span", "bar", $"style=\"width:{Width(length)}\"").Open("span", attributes: $"style=\"width:{Width(good)}\"").Close("span").Close("span").Close("span");
        page.Element("span", value, "value").Close("li");
    }

    private static string Width(double share) => (Math.Clamp(share, 0, 1) * 100).ToString("0.##", CultureInfo.InvariantCulture) + "%";
}
