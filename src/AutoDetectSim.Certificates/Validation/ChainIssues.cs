namespace AutoDetectSim.Certificates.Validation;

/// <summary>The words for <see cref="ChainIssue"/>.</summary>
public static class ChainIssues
{
    /// <summary>SSL Labs' words, for example <c>Contains anchor</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a member of <see cref="ChainIssue"/>.</exception>
    public static string Words(this ChainIssue issue) => issue switch
    {
        ChainIssue.Incomplete => "Incomplete",
        ChainIssue.IncorrectOrder => "Incorrect order",
        ChainIssue.ExtraCerts => "Extra certs",
        ChainIssue.ContainsAnchor => "Contains anchor",
        _ => throw new ArgumentOutOfRangeException(nameof(issue), issue, "No such chain issue."),
    };
}
