namespace AutoDetectSim.Testing;

/// <summary>The tool under test did not do what a test asserts; the message ends with the timeline of what it did.</summary>
public sealed class LabAssertionException : Exception, IAssertionException
{
    /// <summary>A failed assertion.</summary>
    /// <param name="message">What was expected, what happened, and the timeline.</param>
    public LabAssertionException(string message)
        : base(message)
    {
    }
}

/// <summary>xunit v3 counts exceptions with an interface of this name, whosever it is, as failed assertions and not as errors.</summary>
internal interface IAssertionException;
