namespace AutoDetectSim.Training.Sessions;

/// <summary>The result of adding the account on a phone again.</summary>
internal sealed record PhoneResult
{
    /// <summary>What the phone showed, in a word of scenario files: <c>modernAuthSignIn</c>.</summary>
    public required string Outcome { get; init; }

    /// <summary>Whether mail arrived after that; null if no account was added.</summary>
    public bool? MailArrives { get; init; }

    /// <summary>All of it in sentences.</summary>
    public required IReadOnlyList<string> Sentences { get; init; }

    /// <summary>
    /// What the customer's servers have in their logs of it, in order: requests that were answered, with AutoDetect's as well as Exchange
    /// Online's. Connections that never became a request are in no log of a web server.
    /// </summary>
    public required IReadOnlyList<ServerLogLine> Log { get; init; }
}

/// <summary>One request in the log of a customer's server.</summary>
internal sealed record ServerLogLine
{
    /// <summary>The address that it came from.</summary>
    public required string Source { get; init; }

    /// <summary>The node that answered, or the load balancer where that answered itself.</summary>
    public required string Server { get; init; }

    public required string Method { get; init; }

    /// <summary>The URL without the parameters that identify the user and the device.</summary>
    public required string Url { get; init; }

    public string? UserAgent { get; init; }

    public required int Status { get; init; }

    /// <summary>The server's reason: <c>x-ms-diagnostics</c>, the error of a Bearer challenge, or the status in the body of an ActiveSync answer; null without one.</summary>
    public string? Diagnostics { get; init; }
}
