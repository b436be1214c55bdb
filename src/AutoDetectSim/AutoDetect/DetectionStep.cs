using AutoDetectSim.Protocols.Node;

namespace AutoDetectSim.AutoDetect;

/// <summary>One thing that a detection did.</summary>
internal sealed record DetectionStep
{
    public required DetectionStage Stage { get; init; }

    /// <summary>The name in X-Debug-Support's decision chain, for example <c>autoDv2</c>.</summary>
    public string Name => Stage.Name();

    public required StepResult Result { get; init; }

    /// <summary>What was asked, in words, for example <c>empty Bearer challenge</c>.</summary>
    public required string Asked { get; init; }

    /// <summary>The host that was asked, or null when nothing was asked over the network.</summary>
    public string? Host => Url?.Host;

    /// <summary>The address that was asked, or null.</summary>
    public Uri? Url { get; init; }

    /// <summary>The connection, the chain that was presented on it, the verdict on it, and the answer; or null.</summary>
    public LabHttpExchange? Exchange { get; init; }

    /// <summary>Why the step failed, as X-AutoDv2-Error would say it, or null.</summary>
    public string? Code { get; init; }

    /// <summary>What happened, in a sentence.</summary>
    public required string Sentence { get; init; }
}

/// <summary>What a step came to.</summary>
internal enum StepResult
{
    /// <summary>It gave the answer of the detection.</summary>
    Found,

    /// <summary>It gave what the next step of its stage needs.</summary>
    Continued,

    /// <summary>It had nothing to say.</summary>
    Nothing,

    /// <summary>It failed.</summary>
    Failed,

    /// <summary>It was not done.</summary>
    Skipped,
}

/// <summary>The stages of a detection, in the order in which they are asked.</summary>
internal enum DetectionStage
{
    /// <summary>The result cache.</summary>
    Cache,

    /// <summary>A guess from the SMTP domain alone ([SETUPDOC]).</summary>
    SmtpDomain,

    /// <summary>AutoDiscover V2 and the empty Bearer challenge.</summary>
    AutoDv2,

    /// <summary>AutoDiscover POX.</summary>
    AutoDv1,

    /// <summary>The provider of a fixed domain record.</summary>
    FixedDbProvider,

    /// <summary>The protocols of a fixed domain record.</summary>
    FixedDbDomainProtocols,

    /// <summary>The provider of a domain record, or one that the MX records show.</summary>
    DbProvider,

    /// <summary>The protocols of a domain record.</summary>
    DbDomainProtocols,
}

/// <summary>Names of the stages.</summary>
internal static class DetectionStageNames
{
    /// <summary>The name in X-Debug-Support's decision chain; stages before the chain have other names.</summary>
    public static string Name(this DetectionStage stage) => stage switch
    {
        DetectionStage.Cache => "cache",
        DetectionStage.SmtpDomain => "smtp domain",
        DetectionStage.AutoDv2 => "autoDv2",
        DetectionStage.AutoDv1 => "autoDv1",
        DetectionStage.FixedDbProvider => "fixed db provider",
        DetectionStage.FixedDbDomainProtocols => "fixed db domain protocols",
        DetectionStage.DbProvider => "db provider",
        DetectionStage.DbDomainProtocols => "db domain protocols",
        _ => throw new ArgumentOutOfRangeException(nameof(stage)),
    };
}
