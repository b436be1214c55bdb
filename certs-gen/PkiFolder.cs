using AutoDetectSim.Certificates.Issuance;

namespace AutoDetectSim.CertsGen;

/// <summary>What goes into a folder: a PKI, and the servers that present chains from it.</summary>
internal sealed record PkiFolder
{
    /// <summary>A one-line description.</summary>
    public required string Title { get; init; }

    /// <summary>The PKI.</summary>
    public required LabPki Pki { get; init; }

    /// <summary>The authorities of the definition, in its order.</summary>
    public required IReadOnlyList<AuthorityRecipe> Authorities { get; init; }

    /// <summary>The servers, in the order of the scenario.</summary>
    public required IReadOnlyList<PkiServer> Servers { get; init; }

    /// <summary>Whether private keys are written.</summary>
    public bool Keys { get; init; }

    /// <summary>The password of the PFX files; null: none are written.</summary>
    public string? PfxPassword { get; init; }
}

/// <summary>One server that terminates TLS: a node or a load balancer.</summary>
internal sealed record PkiServer
{
    /// <summary>The name of the node or load balancer.</summary>
    public required string Name { get; init; }

    /// <summary>The host names that clients reach it by.</summary>
    public required IReadOnlyList<string> Hosts { get; init; }

    /// <summary>What it presents.</summary>
    public required PresentedChainRecipe Present { get; init; }
}
