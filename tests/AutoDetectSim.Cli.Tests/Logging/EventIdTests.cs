using System.Globalization;
using System.Reflection;
using System.Text;
using Microsoft.Extensions.Logging;

namespace AutoDetectSim.Cli.Tests.Logging;

/// <summary>Holds the event ids of all assemblies of the product, and the page that lists them.</summary>
public sealed class EventIdTests
{
    private const BindingFlags All = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly List<Type> Types =
    [
        .. Directory.GetFiles(AppContext.BaseDirectory, "AutoDetectSim*.dll")
            .Select(Path.GetFileNameWithoutExtension)
            .Where(name => !name!.Contains("Tests", StringComparison.Ordinal))
            .SelectMany(name => Assembly.Load(name!).GetTypes()),
    ];

    private static readonly List<Event> Events = [.. Types.SelectMany(Generated).OrderBy(found => found.Id)];

    [Fact]
    public void An_assembly_has_one_class_with_generated_messages()
    {
        // The generator writes several classes of an assembly in any order: two builds of one commit would differ.
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
    public void An_assembly_has_a_range_of_event_ids_to_itself() =>
        Assert.All(Events, found => Assert.Equal(found.Assembly, found.Id < 2000 ? "AutoDetectSim.Tls" : "AutoDetectSim.Network"));

    [Fact]
    public void The_page_on_logging_lists_every_event()
    {
        var table = new StringBuilder("\n| Id | Level | Assembly | Event | Message |\n|---|---|---|---|---|\n");
        foreach (var found in Events)
        {
            table.Append(CultureInfo.InvariantCulture, $"| {found.Id} | {found.Level} | `{found.Assembly}` | {found.Name} | {found.Message} |\n");
        }

        GeneratedFile.AssertPart(Path.Combine(Tool.RepositoryRoot, "docs", "logging.md"), "events", table.Append('\n').ToString());
    }

    private static IEnumerable<Event> Generated(Type type) => type.GetMethods(All)
        .Select(method => (method.Name, Message: method.GetCustomAttribute<LoggerMessageAttribute>()))
        .Where(found => found.Message is not null)
        .Select(found => new Event(found.Message!.EventId, found.Message.Level, type.Assembly.GetName().Name!, found.Name, found.Message.Message));

    private sealed record Event(int Id, LogLevel Level, string Assembly, string Name, string Message);
}
