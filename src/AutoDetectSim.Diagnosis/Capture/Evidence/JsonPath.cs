using System.Text.Json;

namespace AutoDetectSim.Diagnosis.Capture.Evidence;

/// <summary>Looks into JSON whose form is only hoped for.</summary>
internal static class JsonPath
{
    /// <summary>The member at the end of a path of names, or null where a name is missing or something on the way is no object.</summary>
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
}
