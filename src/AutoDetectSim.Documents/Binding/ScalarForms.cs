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
                problems.AddFinalAt(visited.Path, $"`{visited.Key}` is empty");
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
                nearest is null ? $"`{shown}` in `{visited.Key}` is not {form.Words}" : $"`{visited.Key}` knows no `{shown}`; did you mean `{nearest}`?",
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
            var value = Convert.ToString(visited.Value, CultureInfo.InvariantCulture);
            var range = string.Create(CultureInfo.InvariantCulture, $"{least} to {most}");
            problems.AddFinalAt(visited.Path, $"`{visited.Key}` is {value}, and it must be {range}", value, range);
        }
    }
}
