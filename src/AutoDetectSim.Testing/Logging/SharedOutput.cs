#if XUNIT_V2
using Xunit.Abstractions;
#else
using Xunit;
#endif

namespace AutoDetectSim.Testing.Logging;

/// <summary>Where a lab that tests share writes to: the test that used it last.</summary>
internal sealed class SharedOutput
{
    private volatile ITestOutputHelper? _current;

#if XUNIT_V2
    public void Follow(ITestOutputHelper output) => _current = output;

    public void WriteLine(string line) => _current?.WriteLine(line);
#else
    /// <summary>Whether tests use it at the same time, so that no line can be said to belong to one of them.</summary>
    public bool IsSharedByAssembly { get; set; }

    public void Follow(ITestContext context)
    {
        if (!IsSharedByAssembly && context.TestOutputHelper is { } output)
        {
            _current = output;
        }
    }

    public void WriteLine(string line)
    {
        if (_current is { } output)
        {
            output.WriteLine(line);
        }
        else if (IsSharedByAssembly)
        {
            TestContext.Current.SendDiagnosticMessage(line.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));
        }
    }
#endif
}
