using System.Text.Json;

namespace AutoDetectSim.Documents;

/// <summary>The names of an enumeration's values in scenarios and in JSON: camel case.</summary>
internal static class CamelCase<TEnum>
    where TEnum : struct, Enum
{
    /// <summary>Every name, in the order of the values.</summary>
    public static readonly IReadOnlyList<string> All = [.. Enum.GetNames<TEnum>().Select(JsonNamingPolicy.CamelCase.ConvertName)];

    private static readonly Dictionary<TEnum, string> ByValue = Enum.GetValues<TEnum>().Zip(All).ToDictionary(pair => pair.First, pair => pair.Second);

    /// <summary>The name of a value.</summary>
    public static string Of(TEnum value) => ByValue[value];
}
