using System.Reflection;
using System.Xml.Linq;

namespace AutoDetectSim.Architecture.Tests;

/// <summary>The floors of the house: what may use what. A new edge is a decision, written down here and in docs/architecture.md.</summary>
public sealed class LayerTests
{
    /// <summary>Each assembly and the assemblies of the product that it references directly.</summary>
    private static readonly Dictionary<string, string[]> Assemblies = new(StringComparer.Ordinal)
    {
        ["AutoDetectSim.Certificates"] = [],
        ["AutoDetectSim.Tls"] = [],
        ["AutoDetectSim.Documents"] = [],
        ["AutoDetectSim.Protocols"] = ["AutoDetectSim.Certificates", "AutoDetectSim.Tls"],
        ["AutoDetectSim.Scenarios"] = ["AutoDetectSim.Documents", "AutoDetectSim.Certificates", "AutoDetectSim.Protocols"],
        ["AutoDetectSim.Network"] = ["AutoDetectSim.Certificates", "AutoDetectSim.Tls", "AutoDetectSim.Documents", "AutoDetectSim.Protocols", "AutoDetectSim.Scenarios"],
        ["AutoDetectSim.Exchange"] = ["AutoDetectSim.Certificates", "AutoDetectSim.Documents", "AutoDetectSim.Protocols", "AutoDetectSim.Scenarios", "AutoDetectSim.Network"],
        ["AutoDetectSim"] = ["AutoDetectSim.Certificates", "AutoDetectSim.Tls", "AutoDetectSim.Documents", "AutoDetectSim.Protocols", "AutoDetectSim.Scenarios", "AutoDetectSim.Network", "AutoDetectSim.Exchange"],
        ["AutoDetectSim.Evidence"] = ["AutoDetectSim.Certificates", "AutoDetectSim.Tls", "AutoDetectSim.Documents", "AutoDetectSim.Protocols", "AutoDetectSim.Scenarios"],
        ["AutoDetectSim.Diagnosis"] = ["AutoDetectSim", "AutoDetectSim.Evidence"],
        ["AutoDetectSim.Regression"] = ["AutoDetectSim.Diagnosis"],
        ["AutoDetectSim.Training"] = ["AutoDetectSim.Diagnosis"],
        ["AutoDetectSim.Testing"] = ["AutoDetectSim"],
        ["AutoDetectSim.Testing.XunitV2"] = ["AutoDetectSim"],
        ["certs-gen"] = ["AutoDetectSim.Scenarios"],
        ["AutoDetectSim.Web"] = ["AutoDetectSim.Training", "certs-gen"],
        ["AutoDetectSim.Cli"] = ["AutoDetectSim.Regression", "AutoDetectSim.Web"],
    };

    /// <summary>Within the two large assemblies: each folder and the folders that it may use.</summary>
    private static readonly Dictionary<string, Dictionary<string, string[]>> Folders = new(StringComparer.Ordinal)
    {
        ["AutoDetectSim"] = new(StringComparer.Ordinal)
        {
            [FolderGraph.Root] = ["Aia", "AutoDetect", "Clients", "Hosting", "Issuing", "Roles"],
            ["Clients"] = ["AutoDetect"],
            ["Control"] = [FolderGraph.Root, "Hosting", "Roles"],
            ["Hosting"] = ["Roles"],
        },
        ["AutoDetectSim.Diagnosis"] = new(StringComparer.Ordinal)
        {
            ["Capture"] = ["Checking", "Probing", "Statistics"],
            ["Checking"] = ["Statistics"],
            ["Observing"] = ["Checking", "Probing", "Statistics"],
            ["Probing"] = ["Statistics"],
            ["Reports"] = ["Checking", "Explaining", "Probing", "Statistics", "WhatIf"],
            ["WhatIf"] = ["Checking", "Observing", "Probing"],
        },
    };

    public static TheoryData<string> Names() => [.. Assemblies.Keys];

    public static TheoryData<string> Libraries() => [.. Assemblies.Keys.Where(name => name is not "AutoDetectSim.Testing.XunitV2")];

    public static TheoryData<string> LargeAssemblies() => [.. Folders.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_assembly_references_only_what_is_below_it(string name)
    {
        var references = References(name).ToList();

        Assert.Equal(Assemblies[name].Order(StringComparer.Ordinal), references.Order(StringComparer.Ordinal));
        Assert.DoesNotContain(name, Below(name));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Internals_are_open_upward_only(string name)
    {
        var open = Project(name).Descendants("InternalsVisibleTo").Select(element => element.Attribute("Include")!.Value).ToList();

        Assert.All(open.Where(Assemblies.ContainsKey), friend => Assert.Contains(name, Below(friend)));
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void No_folders_use_each_other_in_a_circle(string name)
    {
        // The root of a small library holds its public types, which its folders make use of; in the large assemblies the root is a floor like any other.
        var graph = FolderGraph.Of(Assembly.Load(name));
        var cyclic = graph.Cyclic(withRoot: Folders.ContainsKey(name));

        Assert.True(cyclic.Count == 0, $"{name}: {string.Join(", ", cyclic)}\n" + string.Join('\n', graph.Edges.Select(edge => $"{edge.From} -> {edge.To}: {graph.Uses(edge)}")));
    }

    [Theory]
    [MemberData(nameof(LargeAssemblies))]
    public void A_folder_uses_only_the_folders_that_the_table_allows(string name)
    {
        var allowed = Folders[name];
        var graph = FolderGraph.Of(Assembly.Load(name));
        var others = graph.Edges.Where(edge => !allowed.GetValueOrDefault(edge.From, []).Contains(edge.To)).Select(edge => $"{edge.From} -> {edge.To}: {graph.Uses(edge)}").ToList();

        Assert.True(others.Count == 0, string.Join('\n', others));
    }

    [Theory]
    [MemberData(nameof(LargeAssemblies))]
    public void The_table_allows_no_edge_that_is_not_used(string name)
    {
        var used = FolderGraph.Of(Assembly.Load(name)).Edges.ToHashSet();

        Assert.All(Folders[name].SelectMany(entry => entry.Value.Select(to => (entry.Key, to))), edge => Assert.Contains(edge, used));
    }

    [Fact]
    public void No_assembly_has_sixteen_thousand_lines()
    {
        var sizes = Assemblies.Keys.Select(name => (name, Lines: Directory.EnumerateFiles(Path.GetDirectoryName(ProjectFile(name))!, "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin")).Sum(file => File.ReadLines(file).Count())));

        Assert.All(sizes, size => Assert.True(size.Lines < 16_000, $"{size.name} has {size.Lines} lines."));
    }

    private static HashSet<string> Below(string name)
    {
        var below = new HashSet<string>(StringComparer.Ordinal);
        var pending = new Stack<string>(Assemblies[name]);
        while (pending.TryPop(out var next))
        {
            if (below.Add(next))
            {
                foreach (var further in Assemblies[next])
                {
                    pending.Push(further);
                }
            }
        }

        return below;
    }

    private static IEnumerable<string> References(string name) =>
        Project(name).Descendants("ProjectReference").Select(element => Path.GetFileNameWithoutExtension(element.Attribute("Include")!.Value.Replace('\\', '/')));

    private static XDocument Project(string name) => XDocument.Load(ProjectFile(name));

    private static string ProjectFile(string name) => Path.Combine(Tool.RepositoryRoot, name == "certs-gen" ? "certs-gen" : Path.Combine("src", name), name + ".csproj");
}
