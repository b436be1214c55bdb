using System.Collections.Concurrent;

namespace AutoDetectSim.Web.Classroom;

/// <summary>When each seat of a class was used last, and how many windows show it.</summary>
/// <param name="time">The clock.</param>
internal sealed class Attendance(TimeProvider time)
{
    private readonly ConcurrentDictionary<int, (int Windows, DateTimeOffset Last)> _seats = new();

    /// <summary>A seat was used.</summary>
    public void Use(int seat) => Change(seat, 0);

    /// <summary>A window shows a seat for as long as the result is not disposed of.</summary>
    public IDisposable Watch(int seat) => new Window(this, seat);

    /// <summary>How many windows show a seat, and when it was used last.</summary>
    public (int Windows, DateTimeOffset? Last) Of(int seat) => _seats.TryGetValue(seat, out var found) ? found : default((int, DateTimeOffset?));

    private void Change(int seat, int windows)
    {
        var now = time.GetUtcNow();
        _seats.AddOrUpdate(seat, _ => (windows, now), (_, before) => (before.Windows + windows, now));
    }

    private sealed class Window : IDisposable
    {
        private readonly Attendance _attendance;
        private readonly int _seat;

        public Window(Attendance attendance, int seat)
        {
            _attendance = attendance;
            _seat = seat;
            attendance.Change(seat, 1);
        }

        public void Dispose() => _attendance.Change(_seat, -1);
    }
}
