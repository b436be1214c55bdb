namespace AutoDetectSim.Network.Journal;

/// <summary>What a request leaves in the logs of the server that it reaches. A request without one has reached no server: a device answered, or dropped it.</summary>
internal sealed class ServerTrace
{
    /// <summary>Why the request is in the error log of HTTP.sys and not in that of IIS, in a word of that log; null: IIS has it.</summary>
    public string? HttpError { get; set; }

    /// <summary>Who is logged on; null for nobody.</summary>
    public string? User { get; set; }

    /// <summary>What the request adds to the Application event log; null for nothing.</summary>
    public ServerEvent? Event { get; set; }
}

/// <summary>One entry of a server's Application event log.</summary>
/// <param name="Source">Who writes it, for example <c>MSExchange OAuth</c>.</param>
/// <param name="Id">The event ID.</param>
/// <param name="Level"><c>Error</c> or <c>Warning</c>.</param>
/// <param name="Message">The text.</param>
internal sealed record ServerEvent(string Source, int Id, string Level, string Message);
