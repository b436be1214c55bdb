using System.Collections;
using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Help;
using System.Globalization;
using System.Text;

namespace AutoDetectSim.Cli.Tests.Reference;

/// <summary>Writes what is known of commands, arguments and options as Markdown.</summary>
internal static class CommandReference
{
    /// <summary>A list of the commands below a command, and a section for each of them.</summary>
    public static string Generate(Command root)
    {
        var text = new StringBuilder("| command | what it does |\n|---|---|\n");
        var commands = Below(root, root.Name, []).ToList();
        foreach (var (path, command, _) in commands)
        {
            text.Append(CultureInfo.InvariantCulture, $"| [`{Name(root, path)}`](#{Name(root, path).Replace(' ', '-')}) | {Cell(command.Description)} |\n");
        }

        foreach (var (path, command, inherited) in commands)
        {
            Write(text, root, path, command, inherited);
        }

        return text.ToString();
    }

    /// <summary>All commands below a command, with the line that calls them and the options that they take over.</summary>
    public static IEnumerable<(string Path, Command Command, IReadOnlyList<Option> Inherited)> Below(Command parent, string path, IReadOnlyList<Option> inherited)
    {
        List<Option> recursive = [.. inherited, .. parent.Options.Where(option => option.Recursive && option is not HelpOption)];
        return parent.Subcommands.Where(command => !command.Hidden)
            .SelectMany(command => Below(command, $"{path} {command.Name}", recursive).Prepend(($"{path} {command.Name}", command, recursive)));
    }

    private static string Name(Command root, string path) => path[(root.Name.Length + 1)..];

    private static void Write(StringBuilder text, Command root, string path, Command command, IReadOnlyList<Option> inherited)
    {
        var options = command.Options.Where(option => !option.Hidden && option is not HelpOption).ToList();
        var usage = string.Join(' ', command.Arguments.Select(Usage).Prepend(path)) + (command.Subcommands.Count > 0 ? " COMMAND" : "") + (options.Count + inherited.Count > 0 ? " [options]" : "");
        text.Append(CultureInfo.InvariantCulture, $"\n## {Name(root, path)}\n\n`{usage}`\n\n{command.Description}\n");
        if (inherited.Count > 0)
        {
            var parent = Name(root, path[..path.LastIndexOf(' ')]);
            text.Append(CultureInfo.InvariantCulture, $"\nAlso takes {string.Join(" and ", inherited.Select(option => $"`{option.Name}`"))} of [`{parent}`](#{parent.Replace(' ', '-')}).\n");
        }

        if (command.Arguments.Count > 0)
        {
            text.Append("\n| argument | default | meaning |\n|---|---|---|\n");
            foreach (var argument in command.Arguments)
            {
                text.Append(CultureInfo.InvariantCulture, $"| `{argument.Name}` | {(argument.HasDefaultValue ? Default(argument.GetDefaultValue()) : "")} | {Cell(argument.Description)}{Words(argument.GetCompletions(CompletionContext.Empty))} |\n");
            }
        }

        if (options.Count > 0)
        {
            text.Append("\n| option | default | meaning |\n|---|---|---|\n");
            foreach (var option in options)
            {
                var names = string.Join(", ", option.Aliases.Prepend(option.Name).Select(alias => $"`{Cell(alias + Value(option))}`"));
                var standard = option.Required ? "*required*" : option.HasDefaultValue ? Default(option.GetDefaultValue()) : "";
                text.Append(CultureInfo.InvariantCulture, $"| {names} | {standard} | {Cell(option.Description)}{(IsFlag(option) ? "" : Words(option.GetCompletions(CompletionContext.Empty)))} |\n");
            }
        }
    }

    private static string Usage(Argument argument)
    {
        var name = argument.Arity.MaximumNumberOfValues > 1 ? argument.Name + ".." : argument.Name;
        return argument.Arity.MinimumNumberOfValues == 0 || argument.HasDefaultValue ? $"[{name}]" : name;
    }

    private static string Value(Option option) => IsFlag(option) ? "" : " " + (option.HelpName ?? TypeName(option.ValueType) ?? option.Name.TrimStart('-').ToUpperInvariant());

    private static string? TypeName(Type type) =>
        type == typeof(FileInfo) || type == typeof(FileInfo[]) ? "FILE" : type == typeof(DirectoryInfo) ? "FOLDER" : null;

    private static bool IsFlag(Option option) => option.ValueType == typeof(bool);

    private static string Default(object? value) => value switch
    {
        null or false or "" or ICollection { Count: 0 } => "",
        _ => string.Create(CultureInfo.InvariantCulture, $"`{value}`"),
    };

    private static string Words(IEnumerable<CompletionItem> words)
    {
        var labels = words.Select(word => word.Label).Order(StringComparer.Ordinal).ToList();
        return labels.Count == 0 ? "" : $" One of {string.Join(", ", labels.Select(label => $"`{label}`"))}.";
    }

    private static string Cell(string? text) => (text ?? "").Replace("|", "\\|", StringComparison.Ordinal);
}
