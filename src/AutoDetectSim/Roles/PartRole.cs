namespace AutoDetectSim.Roles;

/// <summary>What one process of a lab can be.</summary>
internal enum PartKind
{
    /// <summary>The whole lab.</summary>
    All,

    /// <summary>One node behind a load balancer.</summary>
    Node,

    /// <summary>One load balancer.</summary>
    Balancer,

    /// <summary>AutoDetect's front door.</summary>
    AutoDetect,

    /// <summary>The HTTP proxy.</summary>
    Gateway,

    /// <summary>The DNS server.</summary>
    Dns,

    /// <summary>Exchange Online, Entra, and the other services of the internet.</summary>
    Cloud,
}

/// <summary>A role, as <c>run --role</c> and parts files write it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Balancer">The load balancer: of a node, or itself; else empty.</param>
/// <param name="Node">The node; else empty.</param>
internal readonly record struct PartRole(PartKind Kind, string Balancer = "", string Node = "")
{
    /// <summary>What a role can be, in words.</summary>
    public const string Forms = "node:BALANCER/NODE, balancer:NAME, autodetect, gateway, dns, cloud or all";

    private const string NodePrefix = "node:";
    private const string BalancerPrefix = "balancer:";

    /// <summary>The whole lab in one process.</summary>
    public static PartRole All { get; } = new(PartKind.All);

    /// <summary>AutoDetect's front door.</summary>
    public static PartRole AutoDetect { get; } = new(PartKind.AutoDetect);

    /// <summary>The internet's services.</summary>
    public static PartRole Cloud { get; } = new(PartKind.Cloud);

    /// <summary>One load balancer.</summary>
    public static PartRole OfBalancer(string name) => new(PartKind.Balancer, name);

    /// <summary>One node.</summary>
    public static PartRole OfNode(string balancer, string node) => new(PartKind.Node, balancer, node);

    /// <summary>Reads a role; the names in it need not exist.</summary>
    public static bool TryParse(string text, out PartRole role)
    {
        role = text switch
        {
            "all" => All,
            "autodetect" => AutoDetect,
            "gateway" => new PartRole(PartKind.Gateway),
            "dns" => new PartRole(PartKind.Dns),
            "cloud" => Cloud,
            _ when text.StartsWith(BalancerPrefix, StringComparison.Ordinal) => OfBalancer(text[BalancerPrefix.Length..]),
            _ when text.StartsWith(NodePrefix, StringComparison.Ordinal) && text.Split('/') is [var first, var node] => OfNode(first[NodePrefix.Length..], node),
            _ => default,
        };
        return text == "all" || (role.Kind != PartKind.All && role.Kind switch
        {
            PartKind.Balancer => role.Balancer.Length > 0 && !role.Balancer.Contains('/'),
            PartKind.Node => role.Balancer.Length > 0 && role.Node.Length > 0,
            _ => true,
        });
    }

    /// <inheritdoc/>
    public override string ToString() => Kind switch
    {
        PartKind.Node => $"{NodePrefix}{Balancer}/{Node}",
        PartKind.Balancer => BalancerPrefix + Balancer,
        PartKind.AutoDetect => "autodetect",
        PartKind.Gateway => "gateway",
        PartKind.Dns => "dns",
        PartKind.Cloud => "cloud",
        _ => "all",
    };
}
