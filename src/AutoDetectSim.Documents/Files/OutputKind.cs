using System.Text.Json;

namespace AutoDetectSim.Documents.Files;

/// <summary>A kind of file that the program writes.</summary>
/// <param name="Noun">What it is, for example <c>ready file</c>.</param>
internal sealed record OutputKind(string Noun)
{
    /// <summary>Whether a text is one that this program wrote, which may be replaced. Default: none is.</summary>
    public Func<string, bool> IsOurs { get; init; } = static _ => false;

    /// <summary>Whether it consists of lines: what is added begins a new one.</summary>
    public bool HasLines { get; init; }

    /// <summary>Whether only the user may read it.</summary>
    public bool IsSecret { get; init; }

    /// <summary>Whether a text is a JSON object with some members.</summary>
    public static bool HasMembers(string text, params ReadOnlySpan<string> members)
    {
        try
        {
            using var document = StrangersJson.Parse(text);
            foreach (var member in members)
            {
                if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty(member, out _))
                {
                    return false;
                }
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
