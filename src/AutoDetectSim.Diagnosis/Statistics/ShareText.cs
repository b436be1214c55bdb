using System.Globalization;

namespace AutoDetectSim.Diagnosis.Statistics;

/// <summary>Shares in words.</summary>
internal static class ShareText
{
    /// <summary>A share in percent: 0% and 100% only where they are exact.</summary>
    public static string Percent(double share)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.#}%");
        return (text, share) switch
        {
            ("0%", > 0 and < 0.0001) => "less than 0.01%",
            ("100%", < 1 and > 0.9999) => "more than 99.99%",
            ("0%", > 0) or ("100%", < 1) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.##}%"),
            _ => text,
        };
    }
}
