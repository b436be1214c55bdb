namespace AutoDetectSim.Certificates.Validation;

/// <summary>What is odd about a presented list, in the words of SSL Labs' "Chain issues" line.</summary>
public enum ChainIssue
{
    /// <summary>A certificate between the server's own and a self-signed one is missing.</summary>
    Incomplete,

    /// <summary>The certificates of the path were not sent in the order of the path.</summary>
    IncorrectOrder,

    /// <summary>Certificates were sent that the path does not need.</summary>
    ExtraCerts,

    /// <summary>A self-signed root was sent as well.</summary>
    ContainsAnchor,
}
