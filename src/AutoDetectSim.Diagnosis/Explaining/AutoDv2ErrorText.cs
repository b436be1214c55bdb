using AutoDetectSim.Certificates.Validation;
using AutoDetectSim.Protocols.Node;

namespace AutoDetectSim.Diagnosis.Explaining;

/// <summary>Says what a value of X-AutoDv2-Error means: the code, and what AutoDetect has to do with it.</summary>
internal static class AutoDv2ErrorText
{
    public static string Of(string code) => NodeErrors.Describe(code) is not { } description
        ? $"The step failed with {code}, a code that AutoDetect is not known to give."
        : Consequence(code) is { } consequence ? $"{description} {consequence}" : description;

    private static string? Consequence(string code) => code switch
    {
        NodeErrors.NameNotFound => "AutoDetect looks for the AutoDiscover host of the domain.",
        NodeErrors.TimedOut => "A firewall that blocks AutoDetect's addresses looks like this.",
        NodeErrors.MissingAuthorizationUrl => "Hybrid modern authentication is not offered there.",
        _ when code == ValidationCode.UnableToVerifyLeafSignature.NodeName() => "AutoDetect keeps no intermediates and downloads none.",
        _ => null,
    };
}
