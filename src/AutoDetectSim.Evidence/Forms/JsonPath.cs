using System.Globalization;
using System.Text.Json;

namespace AutoDetectSim.Evidence.Forms;

/// <summary>Looks into JSON whose form is only hoped for.</summary>
internal static class JsonPath
{
    /// <summary>The member at the end of a path of names, or null where a name is missing or something on the way is not an object.</summary>
    public static JsonElement? Find(this JsonElement element, params ReadOnlySpan<string> names)
    {
        var current = element;
        foreach (var name in names)
        {
            if (current.ValueKind != JsonValueKind.Object || !current.TryGetProperty(name, out current))
            {
                return null;
            }
        }

        return current;
    }

    /// <summary>The text at the end of a path of names, or null.</summary>
    public static string? FindText(this JsonElement element, params ReadOnlySpan<string> names) =>
        element.Find(names) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>The whole number at the end of a path of names, also where it is text, or null.</summary>
    public static int? FindNumber(this JsonElement element, params ReadOnlySpan<string> names) => element.Find(names) switch
    {
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt32(out var value) => value,
        { ValueKind: JsonValueKind.String } text when int.TryParse(text.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var value) => value,
        _ => null,
    };

    /// <summary>The elements of the array at the end of a path of names; none where there is no array.</summary>
    public static IEnumerable<JsonElement> FindItems(this JsonElement element, params ReadOnlySpan<string> names) =>
        element.Find(names) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];
}
