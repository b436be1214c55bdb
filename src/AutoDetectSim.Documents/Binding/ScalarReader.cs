using System.Globalization;
using AutoDetectSim.Documents.Forms;
using AutoDetectSim.Documents.Model;
using AutoDetectSim.Documents.Yaml;

namespace AutoDetectSim.Documents.Binding;

/// <summary>Converts one scalar to the type its key requires.</summary>
internal static class ScalarReader
{
    /// <summary>The value, or null and a problem.</summary>
    public static object? Read(YamlScalar scalar, ScalarModel model, string key, ProblemSink problems, TextForms forms)
    {
        var value = Parse(scalar, model);
        if (value is string text && forms.Find(model.Syntax)?.Normalize is { } normalize)
        {
            return normalize(text);
        }

        if (value is not null)
        {
            return value;
        }

        var nearest = model.Kind == ScalarKind.Choice ? problems.Nearest(scalar.Text, model.Choices.Select(choice => choice.Word)) : null;
        var message = scalar.IsNull
            ? $"`{key}` has no value; expected {model.Words}"
            : nearest is not null
                ? $"Unknown value `{Shown(scalar.Text)}` for `{key}`; did you mean `{nearest}`?"
                : $"`{key}` is `{Shown(scalar.Text)}`, expected {model.Words}" + (scalar.Plain ? string.Empty : " (without quotes)");
        if (model.Kind == ScalarKind.Choice)
        {
            message = scalar.IsNull || nearest is not null ? message : $"`{key}` is `{Shown(scalar.Text)}`, expected {model.Words}";
        }

        problems.Add(scalar.Position, message, scalar.Text, nearest ?? model.Words);
        return null;
    }

    /// <summary>A value cut to what fits a message.</summary>
    public static string Shown(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= 60 ? line : line[..57] + "...";
    }

    private static object? Parse(YamlScalar scalar, ScalarModel model)
    {
        var text = scalar.Text;
        switch (model.Kind)
        {
            case ScalarKind.Text:
                return scalar.IsNull ? null : text;
            case ScalarKind.Choice:
                return model.Choices.FirstOrDefault(choice => string.Equals(choice.Word, text, StringComparison.OrdinalIgnoreCase))?.Value;
            case ScalarKind.Guid:
                return Guid.TryParseExact(text, "D", out var guid) ? guid : null;
            case ScalarKind.Duration:
                return DurationText.TryParse(text, out var duration) ? duration : null;
            case ScalarKind.Boolean:
                return scalar.Plain && bool.TryParse(text, out var boolean) ? boolean : null;
            case ScalarKind.WholeNumber when model.Type == typeof(long):
                return scalar.Plain && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var large) ? large : null;
            case ScalarKind.WholeNumber:
                return scalar.Plain && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole : null;
            default:
                return scalar.Plain && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
        }
    }
}
