using System.Text.Json.Serialization;
using AutoDetectSim.Diagnosis.Reports;

namespace AutoDetectSim.Web.Api;

/// <summary>A check that is asked for.</summary>
/// <param name="Host">The host, with a port if it is not 443.</param>
/// <param name="Email">An address whose mailbox is looked for; null for none.</param>
/// <param name="Attempts">Connections to each host; null for as many as it takes.</param>
/// <param name="Fix">Changes whose effect to show, or <c>all</c> alone; null or empty for none.</param>
internal sealed record WantedCheck([property: JsonRequired] string Host, string? Email, int? Attempts, IReadOnlyList<string>? Fix);

/// <summary>One line of a check with progress: only one of its members is there, or the report with its result.</summary>
internal sealed record CheckLine
{
    /// <summary>Connections made so far to the present host.</summary>
    public int? Progress { get; init; }

    /// <summary>The number of the report.</summary>
    public int? Report { get; init; }

    public CheckDocument? Result { get; init; }

    /// <summary>Why there is no result.</summary>
    public IReadOnlyList<string>? Problems { get; init; }
}

/// <summary>Tells how far a check is, at most a few times a second.</summary>
internal sealed class CheckProgress : IProgress<int>
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private int _made;

    /// <inheritdoc/>
    public void Report(int value) => Volatile.Write(ref _made, value);

    /// <summary>Waits for another number than the last one told; null once the work has ended.</summary>
    public async Task<int?> NextAsync(Task work, int told, CancellationToken cancellationToken)
    {
        while (!work.IsCompleted)
        {
            await Task.WhenAny(work, Task.Delay(Interval, TimeProvider.System, cancellationToken));
            if (!work.IsCompleted && Volatile.Read(ref _made) is var made && made != told)
            {
                return made;
            }

            cancellationToken.ThrowIfCancellationRequested();
        }

        return null;
    }
}

/// <summary>Source-generated JSON of checks.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(WantedCheck))]
[JsonSerializable(typeof(CheckLine))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class CheckJson : JsonSerializerContext;
