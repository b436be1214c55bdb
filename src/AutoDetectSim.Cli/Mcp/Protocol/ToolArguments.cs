using System.Globalization;
using System.Text.Json;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Documents;

namespace AutoDetectSim.Cli.Mcp.Protocol;

/// <summary>The arguments of one call, checked against the tool's parameters.</summary>
internal sealed class ToolArguments
{
    private readonly Dictionary<string, object> _values = new(StringComparer.Ordinal);

    private ToolArguments()
    {
    }

    /// <summary>Reads the arguments of a call.</summary>
    /// <exception cref="InputException">Some are missing, unknown or not valid; the message names every problem.</exception>
    public static ToolArguments Read(IReadOnlyList<ToolParameter> parameters, IEnumerable<KeyValuePair<string, JsonElement>> given)
    {
        var read = new ToolArguments();
        var problems = new List<string>();
        foreach (var (name, value) in given)
        {
            if (parameters.FirstOrDefault(parameter => parameter.Name == name) is not { } parameter)
            {
                problems.Add(Unknown(name, parameters));
            }
            else if (value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined))
            {
                read.Add(parameter, value, problems);
            }
        }

        problems.AddRange(parameters
            .Where(parameter => parameter.IsRequired && !given.Any(argument => argument.Key == parameter.Name && argument.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined)))
            .Select(parameter => $"`{parameter.Name}` is missing."));
        return problems.Count == 0 ? read : throw new InputException(string.Join(Environment.NewLine, problems));
    }

    /// <summary>A text, or null where none was given.</summary>
    public string? Text(string name) => (string?)_values.GetValueOrDefault(name);

    /// <summary>A text that is required.</summary>
    public string Required(string name) => (string)_values[name];

    /// <summary>A number, or null where none was given.</summary>
    public int? Number(string name) => (int?)_values.GetValueOrDefault(name);

    public bool Flag(string name) => _values.GetValueOrDefault(name) is true;

    /// <summary>A list of texts, or null where none was given.</summary>
    public IReadOnlyList<string>? List(string name) => (IReadOnlyList<string>?)_values.GetValueOrDefault(name);

    private static string Unknown(string name, IReadOnlyList<ToolParameter> parameters)
    {
        var shown = EscapedText.OneLine(name.Length > 60 ? name[..60] + "..." : name);
        return parameters.Count == 0 ? $"Unknown argument `{shown}`: this tool takes none."
            : NearestName.Find(name, parameters.Select(parameter => parameter.Name)) is { } nearest ? $"Unknown argument `{shown}`; did you mean `{nearest}`?"
            : $"Unknown argument `{shown}`. Choose from: {string.Join(", ", parameters.Select(parameter => parameter.Name))}.";
    }

    private void Add(ToolParameter parameter, JsonElement value, List<string> problems)
    {
        var name = parameter.Name;
        switch (parameter.Kind)
        {
            case ParameterKind.Flag:
                AddIf(name, value.ValueKind is JsonValueKind.True or JsonValueKind.False, () => value.GetBoolean(), "must be true or false.", problems);
                break;
            case ParameterKind.WholeNumber:
                var number = 0;
                var isNumber = value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out number) && number >= parameter.Minimum && number <= parameter.Maximum;
                AddIf(name, isNumber, () => number, string.Create(CultureInfo.InvariantCulture, $"must be a whole number from {parameter.Minimum} to {parameter.Maximum}."), problems);
                break;
            case ParameterKind.TextList:
                var isList = value.ValueKind == JsonValueKind.Array && value.GetArrayLength() is > 0 and var count && count <= parameter.MaximumCount && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String);
                AddIf(name, isList, () => value.EnumerateArray().Select(item => item.GetString()!).ToList(), string.Create(CultureInfo.InvariantCulture, $"must be a list of 1 to {parameter.MaximumCount} texts."), problems);
                if (isList && List(name)!.Any(text => text.Length > parameter.MaximumLength))
                {
                    problems.Add(TooLong(parameter));
                }

                break;
            default:
                AddText(parameter, value, problems);
                break;
        }
    }

    private void AddText(ToolParameter parameter, JsonElement value, List<string> problems)
    {
        AddIf(parameter.Name, value.ValueKind == JsonValueKind.String, () => value.GetString()!, "must be a text.", problems);
        if (Text(parameter.Name) is not { } text)
        {
            return;
        }

        if (text.Length > parameter.MaximumLength)
        {
            problems.Add(TooLong(parameter));
        }
        else if (parameter.Words.Count > 0 && !parameter.Words.Contains(text, StringComparer.Ordinal))
        {
            problems.Add($"`{parameter.Name}` must be one of: {string.Join(", ", parameter.Words)}.");
        }
    }

    private void AddIf(string name, bool isValid, Func<object> value, string problem, List<string> problems)
    {
        if (isValid)
        {
            _values[name] = value();
        }
        else
        {
            problems.Add($"`{name}` {problem}");
        }
    }

    private static string TooLong(ToolParameter parameter) => string.Create(CultureInfo.InvariantCulture, $"`{parameter.Name}` has more than {parameter.MaximumLength} characters.");
}
