namespace AutoDetectSim.Tls.Engine;

/// <summary>The token of a handshake: the caller's, or the timeout, whichever comes first.</summary>
internal sealed class HandshakeTimeout : IDisposable
{
    private readonly CancellationTokenSource _timeout;
    private readonly CancellationTokenSource _linked;
    private readonly CancellationToken _caller;

    internal HandshakeTimeout(TimeSpan timeout, TimeProvider timeProvider, CancellationToken caller)
    {
        _caller = caller;
        _timeout = new CancellationTokenSource(timeout, timeProvider);
        _linked = CancellationTokenSource.CreateLinkedTokenSource(_timeout.Token, caller);
    }

    internal CancellationToken Token => _linked.Token;

    /// <summary>Whether the time is up and the caller has not canceled.</summary>
    internal bool HasPassed => _timeout.IsCancellationRequested && !_caller.IsCancellationRequested;

    internal bool CanceledByCaller => _caller.IsCancellationRequested;

    /// <summary>Lets the timeout go, so that what follows lasts as long as the caller likes.</summary>
    internal void Disarm() => _timeout.CancelAfter(Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        _linked.Dispose();
        _timeout.Dispose();
    }
}
