using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using AutoDetectSim.Documents.Model;

namespace AutoDetectSim.Scenarios;

/// <summary>The lab's AIA server, from which clients can download issuer certificates (RFC 5280 4.2.2.1).</summary>
[Shorthand(nameof(Answer))]
public sealed record AiaServerDefinition
{
    /// <summary>The response for authorities that are not listed in `authorities`.</summary>
    public AiaAnswer Answer { get; init; } = AiaAnswer.On;

    /// <summary>Delay of a slow response.</summary>
    [Range(0.0, 3600.0)]
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Status code of an HTTP error.</summary>
    [Range(400, 599)]
    public int Status { get; init; } = 404;

    /// <summary>Authorities with a different response.</summary>
    public IReadOnlyList<AiaAuthorityDefinition> Authorities { get; init; } = [];

    /// <summary>The response for the certificate of one authority.</summary>
    internal AiaAuthorityDefinition For(string authority)
    {
        var own = Authorities.FirstOrDefault(known => string.Equals(known.Name, authority, StringComparison.Ordinal));
        return new AiaAuthorityDefinition { Name = authority, Answer = own?.Answer ?? Answer, Delay = own?.Delay ?? Delay, Status = own?.Status ?? Status };
    }
}

/// <summary>The response for the certificate of one authority.</summary>
[Shorthand(nameof(Answer))]
public sealed record AiaAuthorityDefinition
{
    /// <summary>The name of the authority.</summary>
    [StringSyntax(ScalarSyntax.AuthorityReference)]
    public required string Name { get; init; }

    /// <summary>The response.</summary>
    public AiaAnswer Answer { get; init; } = AiaAnswer.On;

    /// <summary>Delay of a slow response.</summary>
    [FilledIn("the value of the AIA server")]
    [Range(0.0, 3600.0)]
    public TimeSpan? Delay { get; init; }

    /// <summary>Status code of an HTTP error.</summary>
    [FilledIn("the value of the AIA server")]
    [Range(400, 599)]
    public int? Status { get; init; }
}

/// <summary>What a client receives when it downloads the certificate of an authority.</summary>
public enum AiaAnswer
{
    /// <summary>The certificate.</summary>
    On,

    /// <summary>Nothing: connections are refused, or closed without a response if certificates of other authorities are available at the same address.</summary>
    Off,

    /// <summary>The certificate, after `delay`.</summary>
    Slow,

    /// <summary>A certificate with the same name but another key.</summary>
    WrongCertificate,

    /// <summary>A web page such as a captive portal returns, with status 200 and type text/html.</summary>
    WrongType,

    /// <summary>The first half of the certificate.</summary>
    Damaged,

    /// <summary>One megabyte of data.</summary>
    TooLarge,

    /// <summary>One byte per second, endlessly.</summary>
    Endless,

    /// <summary>An HTTP error with `status`.</summary>
    HttpError,

    /// <summary>A redirect to the same URL.</summary>
    RedirectLoop,
}
