using System.Globalization;
using System.Text.Json;

namespace AutoDetectSim.Diagnosis.Explaining;

/// <summary>Reads members whose casing differs between AutoDetect's editions, and whose types are not guaranteed.</summary>
internal static class JsonText
{
    /// <summary>A member by its name in any casing; null when it is absent, null, or the value is not an object.</summary>
    public static JsonElement? Member(this JsonElement value, string name)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        foreach (var member in value.EnumerateObject())
        {
            if (member.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return member.Value.ValueKind == JsonValueKind.Null ? null : member.Value;
            }
        }

        return null;
    }

    /// <summary>A member as text; null when it is absent or null.</summary>
    public static string? Text(this JsonElement value, string name) => value.Member(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { } other => other.GetRawText(),
    };

    /// <summary>A member that is true.</summary>
    public static bool IsTrue(this JsonElement value, string name) => value.Member(name) is { ValueKind: JsonValueKind.True };

    /// <summary>A member that is an array; no elements when it is none.</summary>
    public static IReadOnlyList<JsonElement> Items(this JsonElement value, string name) =>
        value.Member(name) is { ValueKind: JsonValueKind.Array } array ? [.. array.EnumerateArray()] : [];

    /// <summary>A member that holds seconds since 1970, as a time; null when it is none.</summary>
    public static string? Time(this JsonElement value, string name) =>
        value.Member(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var seconds) && seconds is >= 0 and < 253_402_300_800
            ? DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + " UTC"
            : null;
}
