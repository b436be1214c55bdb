namespace AutoDetectSim.AutoDetect;

/// <summary>The latest detections of a lab, found by their request id. What servers answered is not kept with them: nothing bounds its size.</summary>
internal sealed class DetectionJournal
{
    /// <summary>Detections that are kept; the oldest goes when another comes.</summary>
    internal const int Capacity = 4096;

    /// <summary>Characters of detections that are kept; the oldest go when more come.</summary>
    internal const long MaximumText = 32 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, Detection> _byRequestId = [];
    private readonly Queue<(Guid Id, long Length)> _order = [];
    private long _text;
    private long _count;

    /// <summary>Told of every detection, before it is answered.</summary>
    public Action<Detection>? Added { get; set; }

    /// <summary>How many detections there were, kept or not.</summary>
    public long Count
    {
        get
        {
            lock (_gate)
            {
                return _count;
            }
        }
    }

    public void Add(Detection detection)
    {
        Added?.Invoke(detection);
        detection = detection with { Steps = [.. detection.Steps.Select(WithoutAnswer)] };
        var length = LengthOf(detection);
        lock (_gate)
        {
            _count++;
            _order.Enqueue((detection.RequestId, length));
            _text += length;
            _byRequestId[detection.RequestId] = detection;
            while (_order.Count > Capacity || (_text > MaximumText && _order.Count > 1))
            {
                var oldest = _order.Dequeue();
                _text -= oldest.Length;
                _byRequestId.Remove(oldest.Id);
            }
        }
    }

    /// <summary>Forgets all detections.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _byRequestId.Clear();
            _order.Clear();
            _text = 0;
            _count = 0;
        }
    }

    /// <summary>Finds the detection of an X-Request-Id header, whose GUID may follow the name of an instance.</summary>
    public Detection? Find(string requestId)
    {
        const int GuidLength = 36;
        if (requestId.Length < GuidLength || !Guid.TryParse(requestId.AsSpan(requestId.Length - GuidLength), out var id))
        {
            return null;
        }

        lock (_gate)
        {
            return _byRequestId.GetValueOrDefault(id);
        }
    }

    /// <summary>The detections with a higher number that are kept, oldest first; the first detection of a lab is number 1.</summary>
    public IReadOnlyList<(long Number, Detection Detection)> After(long number)
    {
        lock (_gate)
        {
            var first = _count - _order.Count + 1;
            return [.. _order.Select((kept, index) => (Number: first + index, Detection: _byRequestId[kept.Id])).Where(one => one.Number > number)];
        }
    }

    /// <summary>The detections that are kept, oldest first.</summary>
    public IReadOnlyList<Detection> All()
    {
        lock (_gate)
        {
            return [.. _order.Select(kept => _byRequestId[kept.Id])];
        }
    }

    private static DetectionStep WithoutAnswer(DetectionStep step) => step.Exchange is { Response: { } response } exchange
        ? step with { Exchange = exchange with { Response = response with { Headers = [.. response.Headers.Where(IsChallenge)], Body = default } } }
        : step;

    private static bool IsChallenge(KeyValuePair<string, string> header) => string.Equals(header.Key, "WWW-Authenticate", StringComparison.OrdinalIgnoreCase);

    private static long LengthOf(Detection detection) =>
        (detection.AutoDv2?.Url.Length ?? 0) + (detection.AutoDv1?.Url.Length ?? 0)
        + detection.Steps.Sum(step => (long)step.Sentence.Length + step.Asked.Length + (step.Url?.OriginalString.Length ?? 0) + (step.Exchange?.Response?.Headers.Sum(header => (long)header.Value.Length) ?? 0));
}
