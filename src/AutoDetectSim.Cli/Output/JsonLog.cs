using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace AutoDetectSim.Cli.Output;

/// <summary>Writes a log as JSON objects, one a line, on standard error: each has the time, the level, the role of the process and the message with its values.</summary>
/// <param name="role">What the process is.</param>
/// <param name="output">Where the lines go.</param>
/// <param name="time">The clock.</param>
internal sealed class JsonLog(string role, TextWriter output, TimeProvider time) : ILoggerFactory
{
    private readonly Lock _gate = new();

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("This log has one place that it goes to.");

    public void Dispose()
    {
    }

    private void Write(LogLevel level, EventId id, string category, string message, Exception? exception, IEnumerable<KeyValuePair<string, object?>> values)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("time", time.GetUtcNow());
            writer.WriteString("level", level.ToString());
            writer.WriteString("role", role);
            writer.WriteString("category", category);
            writer.WriteNumber("id", id.Id);
            writer.WriteString("event", id.Name);
            writer.WriteString("message", message);
            writer.WriteStartObject("values");
            foreach (var (name, value) in values)
            {
                WriteValue(writer, name, value);
            }

            writer.WriteEndObject();
            if (exception is not null)
            {
                writer.WriteString("exception", $"{exception.GetType().Name}: {exception.Message}");
            }

            writer.WriteEndObject();
        }

        lock (_gate)
        {
            output.WriteLine(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
        }
    }

    private static void WriteValue(Utf8JsonWriter writer, string name, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNull(name);
                break;
            case int number:
                writer.WriteNumber(name, number);
                break;
            case long number:
                writer.WriteNumber(name, number);
                break;
            default:
                writer.WriteString(name, Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture));
                break;
        }
    }

    private sealed class Logger(JsonLog log, string category) : ILogger
    {
        private const string Template = "{OriginalFormat}";
        private const string Framework = "Microsoft.";

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel < LogLevel.None && logLevel >= (category.StartsWith(Framework, StringComparison.Ordinal) ? LogLevel.Error : LogLevel.Information);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                var values = state is IEnumerable<KeyValuePair<string, object?>> pairs ? pairs.Where(pair => pair.Key != Template) : [];
                log.Write(logLevel, eventId, category, formatter(state, exception), exception, values);
            }
        }
    }
}
