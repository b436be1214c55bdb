namespace AutoDetectSim.Cli.Output;

/// <summary>Errors, warnings and progress for people, on standard error.</summary>
internal static class Notice
{
    /// <summary>Writes a message, broken between words where a terminal shows it.</summary>
    public static void WriteLine(string message)
    {
        foreach (var line in message.ReplaceLineEndings("\n").Split('\n').SelectMany(line => TextFlow.WrapItem(line, OutputWidth.OfErrors)))
        {
            Console.Error.WriteLine(line);
        }
    }
}
