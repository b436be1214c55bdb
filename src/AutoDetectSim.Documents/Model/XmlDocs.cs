using System.Collections.Concurrent;
using System.Reflection;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace AutoDetectSim.Documents.Model;

/// <summary>Reads the descriptions of keys and words from the XML documentation files that lie beside the assemblies.</summary>
internal static class XmlDocs
{
    private static readonly ConcurrentDictionary<Assembly, IReadOnlyDictionary<string, string>> Files = new();

    /// <summary>The summary of a type, property or enum value in one line of Markdown, or null when there is none.</summary>
    public static string? Summary(MemberInfo member)
    {
        var (assembly, id) = member switch
        {
            Type type => (type.Assembly, "T:" + TypeName(type)),
            PropertyInfo property => (property.DeclaringType!.Assembly, "P:" + TypeName(property.DeclaringType) + "." + property.Name),
            _ => (member.DeclaringType!.Assembly, "F:" + TypeName(member.DeclaringType) + "." + member.Name),
        };
        return Files.GetOrAdd(assembly, Read).GetValueOrDefault(id);
    }

    private static string TypeName(Type type) => type.FullName!.Replace('+', '.');

    private static Dictionary<string, string> Read(Assembly assembly)
    {
        var path = Path.Combine(AppContext.BaseDirectory, assembly.GetName().Name + ".xml");
        if (!File.Exists(path))
        {
            return [];
        }

        using var reader = XmlReader.Create(path, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        return XDocument.Load(reader).Descendants("member")
            .Where(member => member.Element("summary") is not null)
            .ToDictionary(member => member.Attribute("name")!.Value, member => Text(member.Element("summary")!), StringComparer.Ordinal);
    }

    private static string Text(XElement summary)
    {
        var text = new StringBuilder();
        foreach (var node in summary.DescendantNodes())
        {
            switch (node)
            {
                case XText part when part.Parent?.Name.LocalName is "c":
                    text.Append('`').Append(part.Value).Append('`');
                    break;
                case XText part:
                    text.Append(part.Value);
                    break;
                case XElement { Name.LocalName: "see" or "paramref" } see:
                    text.Append('`').Append(Target(see)).Append('`');
                    break;
            }
        }

        return string.Join(' ', text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    private static string Target(XElement see)
    {
        var target = see.Attribute("cref")?.Value ?? see.Attribute("langword")?.Value ?? string.Empty;
        return ModelBuilder.Key(target[(target.LastIndexOf('.') + 1)..]);
    }
}
