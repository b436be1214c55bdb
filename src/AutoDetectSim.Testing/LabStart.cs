using System.Runtime.ExceptionServices;

namespace AutoDetectSim.Testing;

/// <summary>A lab that is started before it is used; a start error is thrown on use.</summary>
internal sealed class LabStart(Func<AutoDetectLabOptions, Task<AutoDetectLab>> start)
{
    private AutoDetectLab? _lab;
    private ExceptionDispatchInfo? _failure;

    public bool HasStarted => _lab is not null;

    /// <summary>The lab. Throws what kept it from starting.</summary>
    public AutoDetectLab Lab
    {
        get
        {
            _failure?.Throw();
            return _lab ?? throw new InvalidOperationException("The lab has not been started: xunit starts it before the first test.");
        }
    }

    public async Task RunAsync(AutoDetectLabOptions options)
    {
        try
        {
            _lab = await start(options);
        }
        catch (Exception exception)
        {
            _failure = ExceptionDispatchInfo.Capture(exception);
        }
    }

    public async Task StopAsync()
    {
        if (_lab is { } lab)
        {
            await lab.DisposeAsync();
        }
    }
}
