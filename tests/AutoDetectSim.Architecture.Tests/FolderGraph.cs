using ArchUnitNET.Domain;
using ArchUnitNET.Loader;

namespace AutoDetectSim.Architecture.Tests;

/// <summary>Which folder of an assembly uses which, and by what types. A folder is the first part of a namespace below the assembly's own; the assembly's root is <see cref="Root"/>.</summary>
internal sealed class FolderGraph
{
    public const string Root = "(root)";

    private readonly Dictionary<(string From, string To), SortedSet<string>> _edges = [];

    private FolderGraph(string assembly) => Assembly = assembly;

    public string Assembly { get; }

    public IEnumerable<(string From, string To)> Edges => _edges.Keys.Order();

    /// <summary>Up to five uses that make an edge.</summary>
    public string Uses((string From, string To) edge) => string.Join(", ", _edges[edge].Take(5));

    /// <summary>Reads every use of a type in the assembly: signatures, attributes and the bodies of methods.</summary>
    public static FolderGraph Of(System.Reflection.Assembly assembly)
    {
        var name = assembly.GetName().Name!;
        var graph = new FolderGraph(name);
        var architecture = new ArchLoader().LoadAssemblies(assembly).Build();
        foreach (var type in architecture.Types.Where(type => IsOf(type.Assembly?.Name)))
        {
            foreach (var target in type.Dependencies.Select(dependency => dependency.Target).Where(target => target is not GenericParameter && IsOf(target.Assembly?.Name) && target.Namespace is not null))
            {
                var (from, to) = (FolderOf(name, type.Namespace.FullName), FolderOf(name, target.Namespace.FullName));
                if (from != to)
                {
                    if (!graph._edges.TryGetValue((from, to), out var uses))
                    {
                        graph._edges[(from, to)] = uses = new SortedSet<string>(StringComparer.Ordinal);
                    }

                    uses.Add($"{type.Name} uses {target.Name}");
                }
            }
        }

        return graph;

        // ArchUnitNET gives an assembly its simple or its full name, depending on how it met it.
        bool IsOf(string? other) => other is not null && (other == name || other.StartsWith(name + ",", StringComparison.Ordinal));
    }

    /// <summary>Folders that reach themselves through others.</summary>
    /// <param name="withRoot">Whether the assembly's root counts as a folder.</param>
    public IReadOnlyList<string> Cyclic(bool withRoot) =>
        [.. _edges.Keys.Select(edge => edge.From).Distinct().Where(folder => (withRoot || folder != Root) && Reachable(folder, withRoot).Contains(folder)).Order(StringComparer.Ordinal)];

    private HashSet<string> Reachable(string folder, bool withRoot)
    {
        var found = new HashSet<string>();
        var pending = new Stack<string>([folder]);
        while (pending.TryPop(out var from))
        {
            foreach (var (_, to) in _edges.Keys.Where(edge => edge.From == from && (withRoot || edge.To != Root)))
            {
                if (found.Add(to))
                {
                    pending.Push(to);
                }
            }
        }

        return found;
    }

    private static string FolderOf(string assembly, string @namespace)
    {
        // Types that the compiler makes have no namespace, or one of the framework's.
        if (!@namespace.StartsWith(assembly + ".", StringComparison.Ordinal))
        {
            return Root;
        }

        var rest = @namespace[(assembly.Length + 1)..];
        var dot = rest.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? rest : rest[..dot];
    }
}
