namespace AutoDetectSim.Tests.Exchange;

/// <summary>One HTTP/1.1 answer, taken apart without interpreting it.</summary>
internal sealed record RawAnswer(string StatusLine, IReadOnlyList<(string Name, string Value)> Headers, string Body)
{
    public int Status => int.Parse(StatusLine.Split(' ')[1]);

    public IEnumerable<string> this[string name] => Headers.Where(header => string.Equals(header.Name, name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value);

    public static RawAnswer Parse(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var lines = text[..end].Split("\r\n");
        return new RawAnswer(lines[0], [.. lines.Skip(1).Select(line => (line[..line.IndexOf(": ", StringComparison.Ordinal)], line[(line.IndexOf(": ", StringComparison.Ordinal) + 2)..]))], text[(end + 4)..]);
    }
}
