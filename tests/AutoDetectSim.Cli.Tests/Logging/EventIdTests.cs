using System.CodeDom.Compiler;
using System.Globalization;
using System.Reflection;
using System.Text;
using Microsoft.Extensions.Logging;

namespace AutoDetectSim.Cli.Tests.Logging;

/// <summary>Holds the event ids of all assemblies of the product, and the page that lists them.</summary>
public sealed class EventIdTests
{
    private const int Block = 100;

    private const BindingFlags All = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly List<Type> Types =
    [
        .. Directory.GetFiles(AppContext.BaseDirectory, "AutoDetectSim*.dll")
            .Select(Path.GetFileNameWithoutExtension)
            .Where(name => !name!.Contains("Tests", StringComparison.Ordinal))
            .SelectMany(name => Assembly.Load(name!).GetTypes()),
    ];

    private static readonly List<Event> Events = [.. Types.SelectMany(type => Generated(type).Concat(Defined(type))).OrderBy(found => found.Id)];

    [Fact]
    public void An_assembly_has_one_class_with_generated_messages()
    {
        // The generator writes several classes of an assembly in any order: two builds of one commit would differ. Others use LoggerMessage.Define.
        Assert.All(Types.Where(type => Generated(type).Any()).GroupBy(type => type.Assembly), types => Assert.Single(types));
    }

    [Fact]
    public void No_two_messages_of_the_product_share_an_event_id()
    {
        Assert.NotEmpty(Events);
        Assert.Equal(Events.Select(found => found.Id).Distinct(), Events.Select(found => found.Id));
        Assert.All(Events, found => Assert.InRange(found.Id, 1000, 4999));
    }

    [Fact]
    public void Every_class_has_one_block_of_event_ids_to_itself()
    {
        Assert.Equal(Events.Count, Events.Count(found => Events.Where(other => other.Id / Block == found.Id / Block).All(other => other.Category == found.Category)));
        Assert.All(Events.GroupBy(found => found.Category), events => Assert.Single(events.Select(found => found.Id / Block).Distinct()));
    }

    [Fact]
    public void The_page_on_logging_lists_every_event()
    {
        var table = new StringBuilder("\n| Id | Level | Category | Event | Message |\n|---|---|---|---|---|\n");
        foreach (var found in Events)
        {
            table.Append(CultureInfo.InvariantCulture, $"| {found.Id} | {found.Level} | `{found.Category.FullName}` | {found.Name} | {found.Message} |\n");
        }

        GeneratedFile.AssertPart(Path.Combine(Tool.RepositoryRoot, "docs", "logging.md"), "events", table.Append('\n').ToString());
    }

    private static IEnumerable<Event> Generated(Type type) => type.GetMethods(All)
        .Select(method => (method.Name, Message: method.GetCustomAttribute<LoggerMessageAttribute>()))
        .Where(found => found.Message is not null)
        .Select(found => new Event(found.Message!.EventId, found.Message.Level, type, found.Name, found.Message.Message));

    /// <summary>A message of LoggerMessage.Define shows what it is when it is logged.</summary>
    private static IEnumerable<Event> Defined(Type type)
    {
        foreach (var field in type.ContainsGenericParameters ? [] : type.GetFields(All).Where(field => field.IsStatic && field.GetCustomAttribute<GeneratedCodeAttribute>() is null && typeof(Delegate).IsAssignableFrom(field.FieldType)))
        {
            var parameters = field.FieldType.GetMethod("Invoke")!.GetParameters();
            if (parameters.Length > 1 && parameters[0].ParameterType == typeof(ILogger) && parameters[^1].ParameterType == typeof(Exception))
            {
                var logger = new Listener(type);
                ((Delegate)field.GetValue(null)!).DynamicInvoke([logger, .. parameters.Skip(1).Select(parameter => parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : null)]);
                yield return logger.Heard!;
            }
        }
    }

    private sealed class Listener(Type category) : ILogger
    {
        public Event? Heard { get; private set; }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Heard = new Event(eventId.Id, logLevel, category, eventId.Name!, ((IReadOnlyList<KeyValuePair<string, object?>>)state!).Single(value => value.Key == "{OriginalFormat}").Value!.ToString()!);
    }

    private sealed record Event(int Id, LogLevel Level, Type Category, string Name, string Message);
}
