using System.Collections.Concurrent;
using System.Text.Json;
using AutoDetectSim.Certificates.Validation;

namespace AutoDetectSim.Cli.Verify;

/// <summary>Trust lists by their JSON text: the lines of a batch mostly share a few.</summary>
internal sealed class AnchorCache
{
    private const int Capacity = 1024;

    private readonly ConcurrentDictionary<string, TrustAnchors> _lists = new(StringComparer.Ordinal);

    internal TrustAnchors Get(IReadOnlyList<string> roots, JsonElement element)
    {
        var key = element.GetRawText();
        if (_lists.TryGetValue(key, out var anchors))
        {
            return anchors;
        }

        if (_lists.Count >= Capacity)
        {
            _lists.Clear();
        }

        return _lists.GetOrAdd(key, static (_, texts) => TrustAnchors.FromPem(texts), roots);
    }
}
