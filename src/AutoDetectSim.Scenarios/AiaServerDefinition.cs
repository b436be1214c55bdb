using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using AutoDetectSim.Documents.Model;

namespace AutoDetectSim.Scenarios;

/// <summary>What the lab's AIA server does, at which the certificate of an issuer can be fetched (RFC 5280 4.2.2.1).</summary>
[Shorthand(nameof(Answer))]
public sealed record AiaServerDefinition
{
    /// <summary>What comes for the certificate of an authority that does not stand in `authorities`.</summary>
    public AiaAnswer Answer { get; init; } = AiaAnswer.On;

    /// <summary>How long a slow answer takes.</summary>
    [Range(0.0, 3600.0)]
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The status of an HTTP error.</summary>
    [Range(400, 599)]
    public int Status { get; init; } = 404;

    /// <summary>Authorities for whose certificates something else comes.</summary>
    public IReadOnlyList<AiaAuthorityDefinition> Authorities { get; init; } = [];

    /// <summary>What comes for the certificate of one authority.</summary>
    internal AiaAuthorityDefinition For(string authority)
    {
        var own = Authorities.FirstOrDefault(known => string.Equals(known.Name, authority, StringComparison.Ordinal));
        return new AiaAuthorityDefinition { Name = authority, Answer = own?.Answer ?? Answer, Delay = own?.Delay ?? Delay, Status = own?.Status ?? Status };
    }
}

/// <summary>What comes for the certificate of one authority.</summary>
[Shorthand(nameof(Answer))]
public sealed record AiaAuthorityDefinition
{
    /// <summary>The name of the authority.</summary>
    [StringSyntax(ScalarSyntax.AuthorityReference)]
    public required string Name { get; init; }

    /// <summary>What comes.</summary>
    public AiaAnswer Answer { get; init; } = AiaAnswer.On;

    /// <summary>How long a slow answer takes.</summary>
    [FilledIn("that of the server")]
    [Range(0.0, 3600.0)]
    public TimeSpan? Delay { get; init; }

    /// <summary>The status of an HTTP error.</summary>
    [FilledIn("that of the server")]
    [Range(400, 599)]
    public int? Status { get; init; }
}

/// <summary>What comes when the certificate of an authority is fetched.</summary>
public enum AiaAnswer
{
    /// <summary>The certificate.</summary>
    On,

    /// <summary>Nothing: connections are refused, or end without an answer where the certificates of other authorities can be had at the same address.</summary>
    Off,

    /// <summary>The certificate, after `delay`.</summary>
    Slow,

    /// <summary>A certificate of the same name with another key.</summary>
    WrongCertificate,

    /// <summary>A web page, as a portal in front of the internet sends it, with status 200 and type text/html.</summary>
    WrongType,

    /// <summary>The first half of the certificate.</summary>
    Damaged,

    /// <summary>A megabyte.</summary>
    TooLarge,

    /// <summary>A byte a second, and no end.</summary>
    Endless,

    /// <summary>An HTTP error with `status`.</summary>
    HttpError,

    /// <summary>A redirect to the same address.</summary>
    RedirectLoop,
}
