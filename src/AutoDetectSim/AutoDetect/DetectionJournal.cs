namespace AutoDetectSim.AutoDetect;

/// <summary>The latest detections of a lab, found by their request id.</summary>
internal sealed class DetectionJournal
{
    /// <summary>Detections that are kept; the oldest goes when another comes.</summary>
    internal const int Capacity = 4096;

    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, Detection> _byRequestId = [];
    private readonly Queue<Guid> _order = [];
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
        lock (_gate)
        {
            if (_order.Count == Capacity)
            {
                _byRequestId.Remove(_order.Dequeue());
            }

            _count++;
            _order.Enqueue(detection.RequestId);
            _byRequestId[detection.RequestId] = detection;
        }
    }

    /// <summary>Forgets all detections.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _byRequestId.Clear();
            _order.Clear();
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
            return [.. _order.Select((id, index) => (Number: first + index, Detection: _byRequestId[id])).Where(one => one.Number > number)];
        }
    }

    /// <summary>The detections that are kept, oldest first.</summary>
    public IReadOnlyList<Detection> All()
    {
        lock (_gate)
        {
            return [.. _order.Select(id => _byRequestId[id])];
        }
    }
}
