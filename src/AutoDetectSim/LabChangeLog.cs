using AutoDetectSim.Scenarios;

namespace AutoDetectSim;

/// <summary>What has been changed in a running lab, and the scenarios to which the last changes can be taken back. Safe for use by several threads.</summary>
internal sealed class LabChangeLog
{
    /// <summary>How many changes are remembered.</summary>
    public const int MaximumChanges = 1000;

    /// <summary>How many changes can be taken back; each keeps a whole scenario in memory.</summary>
    public const int MaximumUndo = 20;

    private readonly Lock _gate = new();
    private readonly Queue<LabChange> _changes = [];
    private readonly LinkedList<UndoStep> _undo = [];
    private long _count;

    /// <summary>How many changes there were, remembered or not.</summary>
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

    /// <summary>The changes that are remembered, the oldest first.</summary>
    public IReadOnlyList<LabChange> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _changes];
            }
        }
    }

    /// <summary>The change that can be taken back, or null.</summary>
    public UndoStep? Last
    {
        get
        {
            lock (_gate)
            {
                return _undo.Last?.Value;
            }
        }
    }

    /// <summary>Remembers a change that was made.</summary>
    public void Add(LabChange change)
    {
        lock (_gate)
        {
            _count++;
            _changes.Enqueue(change);
            if (_changes.Count > MaximumChanges)
            {
                _changes.Dequeue();
            }
        }
    }

    /// <summary>Keeps the scenario before a change, so that the change can be taken back.</summary>
    public void Keep(Scenario before, string sentence)
    {
        lock (_gate)
        {
            _undo.AddLast(new UndoStep(before, sentence));
            if (_undo.Count > MaximumUndo)
            {
                _undo.RemoveFirst();
            }
        }
    }

    /// <summary>Forgets the change that was taken back.</summary>
    public void DropLast()
    {
        lock (_gate)
        {
            _undo.RemoveLast();
        }
    }

    /// <summary>Nothing can be taken back any more.</summary>
    public void DropAll()
    {
        lock (_gate)
        {
            _undo.Clear();
        }
    }
}

/// <summary>A change that can be taken back.</summary>
/// <param name="Before">The scenario before it.</param>
/// <param name="Sentence">The change.</param>
internal sealed record UndoStep(Scenario Before, string Sentence);

/// <summary>One change of a running lab.</summary>
/// <param name="At">When.</param>
/// <param name="Sentence">What.</param>
internal sealed record LabChange(DateTimeOffset At, string Sentence);
