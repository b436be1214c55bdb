using System.Text.Json;
using AutoDetectSim.Diagnosis.Statistics;

namespace AutoDetectSim.Diagnosis.Reports;

/// <summary>The form of values in documents.</summary>
internal static class DocumentValues
{
    /// <summary>Both ends of an interval, with six decimals.</summary>
    public static double[] Interval(ConfidenceInterval interval) => [Math.Round(interval.Low, 6), Math.Round(interval.High, 6)];

    /// <summary>A time in milliseconds, with three decimals.</summary>
    public static double Milliseconds(TimeSpan time) => Math.Round(time.TotalMilliseconds, 3);

    /// <summary>The name of a value in camel case.</summary>
    public static string Camel<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
