using AutoDetectSim.Evidence.Calls;
using AutoDetectSim.Evidence.Envelope;

namespace AutoDetectSim.Evidence.Forms;

/// <summary>A pasted command line of s_client, in a loop over several hosts or not.</summary>
/// <param name="Command">What it says of each call; without a host where that is the loop's.</param>
/// <param name="Hosts">The command for each host of the loop; empty where there is no such loop.</param>
/// <param name="IsInnermost">Whether the loop goes on to the next host after each call.</param>
internal sealed record SClientLoop(SClientCommand Command, IReadOnlyList<SClientCommand> Hosts, bool IsInnermost)
{
    /// <summary>Reads a command line; null where it is none that connects to a host.</summary>
    public static SClientLoop? Parse(string text, int line, IReadOnlyList<EvidenceLine> script)
    {
        if (SClientCommand.Parse(text, line) is not { } command)
        {
            return null;
        }

        if (!ShellVariables.Uses(text))
        {
            return new SClientLoop(command, [], true);
        }

        var (texts, isInnermost) = ShellVariables.Of(script.Where(known => known.Number <= line)).Expand(text);
        var commands = texts.Select(expanded => SClientCommand.Parse(expanded, line)).OfType<SClientCommand>().ToList();
        return commands is [var one] ? new SClientLoop(one, [], true) : new SClientLoop(command, commands, isInnermost);
    }

    /// <summary>Gives the calls of the loop their hosts, where their number says which is whose.</summary>
    public IReadOnlyList<EvidenceCall> Deal(IReadOnlyList<EvidenceCall> calls)
    {
        if (Hosts.Count == 0 || calls.Count % Hosts.Count != 0)
        {
            return calls;
        }

        var each = calls.Count / Hosts.Count;
        return [.. calls.Select((call, index) =>
        {
            var command = Hosts[IsInnermost ? index % Hosts.Count : index / each];
            return call with
            {
                Host = command.Host,
                Port = command.Port,
                ServerName = command.ServerName,
                Guesses = each == 1 ? call.Guesses : [.. call.Guesses, $"the calls are those of a loop over {Hosts.Count} hosts; this one is taken for {command.Host}, by its place"],
            };
        })];
    }
}
