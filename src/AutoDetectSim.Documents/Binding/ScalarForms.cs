using AutoDetectSim.Documents.Forms;
using System.Globalization;
using AutoDetectSim.Documents.Model;

namespace AutoDetectSim.Documents.Binding;

/// <summary>Forms and ranges of single values, as far as a value's own model tells them.</summary>
internal static class ScalarForms
{
    public static void Check(Visited visited, TextForms forms, ProblemSink problems)
    {
        switch (visited.Value)
        {
            case string text:
                CheckText(text, visited, forms, problems);
                break;
            case int or long or double:
                CheckRange(Convert.ToDouble(visited.Value, CultureInfo.InvariantCulture), visited, problems);
                break;
            case TimeSpan duration:
                CheckRange(duration.TotalSeconds, visited, problems);
                break;
            case Enum choice when visited.Model.Choices.All(known => !known.Value.Equals(choice)):
                problems.AddFinalAt(visited.Path, $"`{visited.Key}` is {choice}, expected {visited.Model.Words}", choice.ToString(), visited.Model.Words);
                break;
        }
    }

    private static void CheckText(string text, Visited visited, TextForms forms, ProblemSink problems)
    {
        if (text.Length == 0)
        {
            // Empty says "not set" where a setting may be left out.
            if (!visited.Optional)
            {
                problems.AddFinalAt(visited.Path, $"`{visited.Key}` must not be empty");
            }

            return;
        }

        if (forms.Find(visited.Model.Syntax) is not { } form || form.IsValid(text))
        {
            return;
        }

        var shown = ScalarReader.Shown(text);
        if (form.Known is { } known)
        {
            var nearest = problems.Nearest(text, known);
            problems.AddFinalAt(
                visited.Path,
                nearest is null ? $"`{shown}` in `{visited.Key}` is not {form.Words}" : $"Unknown value `{shown}` in `{visited.Key}`; did you mean `{nearest}`?",
                text,
                nearest ?? form.Words);
        }
        else
        {
            problems.AddFinalAt(visited.Path, $"`{visited.Key}`: `{shown}` is not {form.Words}", text, form.Words);
        }
    }

    private static void CheckRange(double number, Visited visited, ProblemSink problems)
    {
        var (least, most) = (visited.Model.Minimum, visited.Model.Maximum);
        if (number < least || number > most)
        {
            var value = visited.Value is TimeSpan duration ? DurationText.Format(duration) : Convert.ToString(visited.Value, CultureInfo.InvariantCulture);
            var range = visited.Value is TimeSpan ? $"{Seconds(least)} to {Seconds(most)}" : string.Create(CultureInfo.InvariantCulture, $"{least} to {most}");
            problems.AddFinalAt(visited.Path, $"`{visited.Key}` must be {range}, not {value}", value, range);
        }
    }

    private static string Seconds(double? seconds) => DurationText.Format(TimeSpan.FromSeconds(seconds ?? 0));
}
