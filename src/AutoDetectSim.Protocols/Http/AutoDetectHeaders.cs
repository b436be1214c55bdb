namespace AutoDetectSim.Protocols.Http;

/// <summary>Headers of AutoDetect's answers ([SEED], [CAP2025]).</summary>
internal static class AutoDetectHeaders
{
    /// <summary>What the search did, as JSON in base64.</summary>
    public const string DebugSupport = "X-Debug-Support";

    /// <summary>A signed token by which apps report what worked.</summary>
    public const string FeedbackToken = "X-Feedback-Token";

    /// <summary>Why AutoDiscover V2 gave nothing.</summary>
    public const string AutoDv2Error = "X-AutoDv2-Error";
}
