namespace AutoDetectSim.FunctionalTests.Learn;

/// <summary>
/// Solves mysteries with public commands alone: it looks with <c>check</c> and <c>detect</c>, tries repairs that fit what it has
/// seen, keeps those that help, takes the others back, and asks <c>learn verify</c>.
/// </summary>
internal sealed class MysterySolver(LearnSession session)
{
    private const int MostCalls = 80;

    private readonly List<string> _helped = [];

    /// <summary>The repairs that helped, in their order.</summary>
    public IReadOnlyList<string> Helped => _helped;

    /// <summary>Solves; false when nothing more comes to mind.</summary>
    public async Task<bool> SolveAsync()
    {
        var tried = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            if ((await session.RunAsync("verify")).ExitCode == 0)
            {
                return true;
            }

            if (!await RepairAsync(RepairIdeas.For(session.Topology, session.Address, await SignsAsync()), tried))
            {
                return false;
            }
        }
    }

    /// <summary>
    /// The servers of the address's domain that the phone does not meet although the account is added again and again once everything works: none may be among
    /// them. Their logs say which ones they are. An account is not looked up at other hosts, such as a web site or an old server, nor at another domain's.
    /// </summary>
    public async Task<IReadOnlyList<string>> NotMetAsync()
    {
        var domain = session.Address[(session.Address.IndexOf('@', StringComparison.Ordinal) + 1)..];
        string[] asked = ["autodiscover." + domain, "mail." + domain];
        var left = session.Topology.GetProperty("virtualIps").EnumerateArray().Where(one => one.GetProperty("usesTls").GetBoolean())
            .Where(one => one.GetProperty("hosts").EnumerateArray().Any(host => asked.Contains(host.GetString(), StringComparer.OrdinalIgnoreCase)))
            .SelectMany(one => one.GetProperty("nodes").EnumerateArray()).Select(node => node.GetString()!).ToHashSet(StringComparer.OrdinalIgnoreCase);
        for (var attempt = 0; attempt < MostCalls && left.Count > 0; attempt++)
        {
            var phone = await session.JsonAsync("phone");
            left.ExceptWith(phone.GetProperty("log").EnumerateArray().Select(line => line.GetProperty("server").GetString()!));
        }

        return [.. left];
    }

    /// <summary>Tries repairs until one helps; what did not help before is not tried again before another has.</summary>
    private async Task<bool> RepairAsync(IEnumerable<string> ideas, HashSet<string> tried)
    {
        foreach (var idea in ideas.Where(tried.Add))
        {
            var result = await session.RunAsync("fix", idea);
            if (result.ExitCode == 0)
            {
                _helped.Add(idea);
                tried.Clear();
                tried.UnionWith(_helped);
                return true;
            }

            if (result.Output.Length > 0)
            {
                await session.RunAsync("undo");
            }
        }

        return false;
    }

    /// <summary>The words for what is wrong: errors of detections, and faults that the checker names.</summary>
    private async Task<HashSet<string>> SignsAsync()
    {
        var signs = new HashSet<string>(StringComparer.Ordinal);
        var detect = await session.LookAsync("detect", session.Address, "--url", session.DetectUrl, "--attempts", "8");
        signs.UnionWith(detect.GetProperty("errors").EnumerateObject().Select(error => error.Name));
        signs.UnionWith(detect.GetProperty("outcomes").EnumerateObject().Select(outcome => outcome.Name));

        // The checker waits for real where nobody answers.
        var attempts = signs.Contains("ETIMEDOUT") ? "2" : "8";
        var host = "autodiscover." + session.Address[(session.Address.IndexOf('@', StringComparison.Ordinal) + 1)..];
        var check = await session.LookAsync("check", host, "--email", session.Address, "--dns", session.Topology.GetProperty("dns").GetString()!, "--attempts", attempts);
        foreach (var seen in check.GetProperty("hosts").EnumerateArray())
        {
            signs.UnionWith(seen.GetProperty("errors").EnumerateObject().Select(error => error.Name));
            signs.UnionWith(seen.GetProperty("chains").EnumerateArray().SelectMany(chain => chain.GetProperty("faults").EnumerateArray()).Select(fault => fault.GetString()!));
        }

        return signs;
    }
}
