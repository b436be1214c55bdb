using System.Globalization;
using System.Reflection;
using System.Text;
using Microsoft.Extensions.Logging;

namespace AutoDetectSim.Cli.Tests.Logging;

/// <summary>Holds the event ids of all assemblies of the product, and the page that lists them.</summary>
public sealed class EventIdTests
{
    private const int Block = 100;

    private static readonly List<Event> Events =
    [
        .. Directory.GetFiles(AppContext.BaseDirectory, "AutoDetectSim*.dll")
            .Select(Path.GetFileNameWithoutExtension)
            .Where(name => !name!.Contains("Tests", StringComparison.Ordinal))
            .SelectMany(name => Assembly.Load(name!).GetTypes())
            .SelectMany(type => type.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
                .Select(method => (Type: type, Method: method, Message: method.GetCustomAttribute<LoggerMessageAttribute>())))
            .Where(found => found.Message is not null)
            .Select(found => new Event(found.Message!.EventId, found.Message.Level, found.Type, found.Method.Name, found.Message.Message))
            .OrderBy(found => found.Id),
    ];

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

    private sealed record Event(int Id, LogLevel Level, Type Category, string Name, string Message);
}
