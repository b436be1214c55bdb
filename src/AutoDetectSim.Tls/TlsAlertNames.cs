using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace AutoDetectSim.Tls;

/// <summary>The names that RFC 8446 gives to alerts.</summary>
public static class TlsAlertNames
{
    private static readonly FrozenDictionary<string, TlsAlertDescription> Descriptions =
        Enum.GetValues<TlsAlertDescription>().ToFrozenDictionary(ToSnakeCase, StringComparer.Ordinal);

    private static readonly FrozenDictionary<TlsAlertDescription, string> Names =
        Descriptions.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);

    /// <summary>Every known name, in the order of the values on the wire.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Enum.GetValues<TlsAlertDescription>().Select(ToRfcName)];

    /// <summary>The name, for example <c>handshake_failure</c>; the number where the registry has none.</summary>
    /// <param name="description">The description.</param>
    public static string ToRfcName(this TlsAlertDescription description) =>
        Names.GetValueOrDefault(description) ?? ((int)description).ToString(CultureInfo.InvariantCulture);

    /// <summary>Finds the description with an RFC name.</summary>
    /// <param name="name">The name, for example <c>handshake_failure</c>; case matters.</param>
    /// <param name="description">The description.</param>
    /// <returns>False when the alert does not exist.</returns>
    public static bool TryParse([NotNullWhen(true)] string? name, out TlsAlertDescription description)
    {
        description = default;
        return name is not null && Descriptions.TryGetValue(name, out description);
    }

    private static string ToSnakeCase(TlsAlertDescription description)
    {
        var name = description.ToString();
        var result = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsUpper(name[i]) && !char.IsUpper(name[i - 1]))
            {
                result.Append('_');
            }

            result.Append(char.ToLowerInvariant(name[i]));
        }

        return result.ToString();
    }
}
