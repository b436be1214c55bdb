namespace AutoDetectSim.Certificates.Issuance;

/// <summary>One problem of a PKI definition, and its location.</summary>
public sealed record PkiProblem
{
    /// <summary>The kind of item that is wrong.</summary>
    public required PkiItem Item { get; init; }

    /// <summary>The name of the authority or certificate.</summary>
    public required string Name { get; init; }

    /// <summary>The member that is wrong, by the name of its property (<c>NotAfter</c>, <c>Issuer</c>...); null: the item as a whole.</summary>
    public string? Member { get; init; }

    /// <summary>The place in <see cref="Member"/> where that is a list, from 0; null otherwise.</summary>
    public int? Index { get; init; }

    /// <summary>What is wrong and what would be right, in one sentence without a full stop.</summary>
    public required string Message { get; init; }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{(Item == PkiItem.Authority ? "authority" : "certificate")} '{Name}'{(Member is null ? "" : $", {char.ToLowerInvariant(Member[0])}{Member[1..]}")}: {Message}";
}

/// <summary>The kinds of item in a PKI definition.</summary>
public enum PkiItem
{
    /// <summary>An <see cref="AuthorityRecipe"/>.</summary>
    Authority,

    /// <summary>A <see cref="CertificateRecipe"/>.</summary>
    Certificate,
}

/// <summary>A PKI definition cannot be carried out; the message lists every reason.</summary>
public sealed class LabPkiException : Exception
{
    /// <summary>Makes an exception without a message.</summary>
    public LabPkiException()
    {
    }

    /// <summary>Makes an exception from one sentence.</summary>
    /// <param name="message">What is wrong.</param>
    public LabPkiException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception from one sentence and its cause.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">The cause.</param>
    public LabPkiException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal LabPkiException(IReadOnlyList<string> problems)
        : base(string.Join(Environment.NewLine, problems)) => Problems = problems;

    /// <summary>Every problem on its own.</summary>
    public IReadOnlyList<string> Problems { get; } = [];
}
