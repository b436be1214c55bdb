using System.Globalization;

namespace AutoDetectSim.Documents;

/// <summary>The path of a value in a scenario: <c>loadBalancers/perimeter/nodes/ex02/present</c>.</summary>
internal readonly record struct ModelPath(string Text)
{
    public static ModelPath Root => new(string.Empty);

    public static ModelPath operator /(ModelPath path, string part) =>
        new(path.Text.Length == 0 ? part : path.Text + "/" + part);

    public static ModelPath operator /(ModelPath path, int index) => path / index.ToString(CultureInfo.InvariantCulture);

    /// <summary>The path without its last part.</summary>
    public static string Above(string text)
    {
        var slash = text.LastIndexOf('/');
        return slash < 0 ? string.Empty : text[..slash];
    }

    public override string ToString() => Text;
}
