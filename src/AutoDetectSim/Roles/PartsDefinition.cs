using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using AutoDetectSim.Documents;
using AutoDetectSim.Documents.Forms;
using AutoDetectSim.Documents.Model;
using AutoDetectSim.Scenarios.Validation;

namespace AutoDetectSim.Roles;

/// <summary>One parts file: where the processes of a lab reach one another.</summary>
[Document]
internal sealed record PartsDefinition
{
    /// <summary>The parts.</summary>
    public required IReadOnlyList<PartDefinition> Parts { get; init; }
}

/// <summary>One part of a lab.</summary>
internal sealed record PartDefinition
{
    /// <summary>What it is.</summary>
    [StringSyntax(PartsFile.RoleSyntax)]
    public required string Role { get; init; }

    /// <summary>Where other parts reach it: a host name or an IP address, and a port.</summary>
    [StringSyntax(PartsFile.AddressSyntax)]
    public required string Address { get; init; }

    /// <summary>The port that its own process listens on.</summary>
    [FilledIn("the port of address")]
    [Range(1, IPEndPoint.MaxPort)]
    public int? Listen { get; init; }

    /// <summary>Whether other parts begin connections to it with a header of the PROXY protocol (version 2): every part of a lab reads it, real load balancers only if they are configured so.</summary>
    public bool ProxyProtocol { get; init; }
}

/// <summary>Reads parts files.</summary>
internal static class PartsFile
{
    public const string RoleSyntax = "part-role";
    public const string AddressSyntax = "part-address";

    private static readonly TextForms Forms = ScenarioForms.All.With(
    [
        KeyValuePair.Create(RoleSyntax, new TextForm { Words = $"a role: {PartRole.Forms.Replace(" or all", string.Empty, StringComparison.Ordinal)}", IsValid = static text => PartRole.TryParse(text, out var role) && role.Kind != PartKind.All }),
        KeyValuePair.Create(AddressSyntax, new TextForm { Words = "a host and a port such as perimeter:443", IsValid = static text => PartAddress.TryParse(text) is not null }),
    ]);

    private static readonly DocumentReader<PartsDefinition> Reader = new(
        new DocumentModel(typeof(PartsDefinition), "AutoDetectSim parts of a lab", Forms), "parts file", "`parts`", static (parts, _) => parts, Check);

    /// <summary>Reads a file.</summary>
    public static DocumentResult<PartsDefinition> Load(string path) => Reader.Load(path);

    /// <summary>Reads a text.</summary>
    public static DocumentResult<PartsDefinition> Parse(string yaml, string fileName) => Reader.Parse(yaml, fileName);

    private static void Check(PartsDefinition file, ProblemSink problems)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (index, part) in file.Parts.Index())
        {
            if (part.Role is not null && !seen.Add(part.Role))
            {
                problems.AddAt(ModelPath.Root / "parts" / index / "role", $"The part `{part.Role}` is listed twice", part.Role);
            }
        }
    }
}
