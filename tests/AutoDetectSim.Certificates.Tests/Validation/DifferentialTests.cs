using System.Collections.Concurrent;
using System.Globalization;
using AutoDetectSim.Certificates.Tests.Validation.Generation;
using AutoDetectSim.Certificates.Validation;

namespace AutoDetectSim.Certificates.Tests.Validation;

/// <summary>
/// Chains that are made afresh in each run are judged by the strict validator and by real handshakes of a real
/// Node.js client with our own TLS server. AUTODETECTSIM_DIFFERENTIAL_SEED draws other chains,
/// AUTODETECTSIM_DIFFERENTIAL_CASES more of them.
/// </summary>
[Trait("Needs", "tools")]
public sealed class DifferentialTests(ITestOutputHelper output)
{
    private const int DefaultCases = 128;
    private const int DefaultSeed = 1376633189;

    public static TheoryData<NodeVersion> Versions => [.. Enum.GetValues<NodeVersion>()];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Fresh_chains_get_the_same_verdict_from_the_validator_and_from_a_node_client(NodeVersion version)
    {
        var seed = Setting("AUTODETECTSIM_DIFFERENTIAL_SEED") ?? DefaultSeed + (int)version;
        var count = Setting("AUTODETECTSIM_DIFFERENTIAL_CASES") ?? Samples.Of(DefaultCases);
        output.WriteLine(FormattableString.Invariant($"AUTODETECTSIM_DIFFERENTIAL_SEED={seed}, {count} cases"));

        // Where the cases of a failed run lie, for autodetectsim verify --batch.
        var unexplained = Path.Combine(AppContext.BaseDirectory, $"disagreements-{version}.jsonl");
        File.Delete(unexplained);
        var now = DateTimeOffset.UtcNow;
        var generator = new CaseGenerator(seed, now);
        var validator = new StrictPathValidator(version);
        var disagreements = new ConcurrentQueue<string>();
        var verdicts = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);

        async Task CompareAsync(NodeJudge node, int number)
        {
            var @case = generator.Make(number);
            if (@case.Presented.Any(p => p.Length == 0))
            {
                return;
            }

            var theirs = await node.JudgeAsync(@case);
            var ours = validator.Validate([.. @case.Presented.Select(p => (ReadOnlyMemory<byte>)p)], TrustAnchors.FromPem(@case.Roots), @case.Host, DateTimeOffset.UtcNow);
            verdicts.AddOrUpdate(theirs, 1, static (_, n) => n + 1);
            if (!string.Equals(theirs, ours.NodeCode, StringComparison.Ordinal))
            {
                await File.AppendAllTextAsync(unexplained, @case.ToJson(DateTimeOffset.UtcNow) + Environment.NewLine, CancellationToken.None);
                disagreements.Enqueue(FormattableString.Invariant($"case {number} ({@case.Class}: {@case.Note}): Node says {theirs}, we say {ours.NodeCode} [{string.Join(' ', ours.Trail)}]"));
            }
        }

        var program = await ProgramAsync(version);
        var together = new ConcurrentQueue<int>();
        var alone = new ConcurrentQueue<int>();
        await using (var node = NodeJudge.Start(program))
        {
            await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (number, _) =>
            {
                try
                {
                    await CompareAsync(node, number);
                }
                catch (NodeEndedException)
                {
                    together.Enqueue(number);
                }
            });
        }

        // A certificate can make Node.js itself crash: then it has no verdict, and the others are asked of another process.
        foreach (var number in together)
        {
            await using var node = NodeJudge.Start(program);
            try
            {
                await CompareAsync(node, number);
            }
            catch (NodeEndedException)
            {
                alone.Enqueue(number);
                output.WriteLine(FormattableString.Invariant($"Node.js crashed on case {number} ({generator.Make(number).Class}: {generator.Make(number).Note})"));
            }
        }

        Assert.True(alone.Count <= count / 32, "Node.js crashed on cases " + string.Join(", ", alone));
        output.WriteLine(string.Join(", ", verdicts.OrderByDescending(v => v.Value).Select(v => string.Create(CultureInfo.InvariantCulture, $"{v.Key} {v.Value}"))));
        Assert.True(disagreements.IsEmpty, FormattableString.Invariant($"seed {seed}, {disagreements.Count} of {count} (as batch lines in {unexplained}):{Environment.NewLine}{string.Join(Environment.NewLine, disagreements)}"));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task The_host_of_a_URI_is_held_against_constraints_as_a_node_client_does_it(NodeVersion version)
    {
        var validator = new StrictPathValidator(version);
        await using var node = NodeJudge.Start(await ProgramAsync(version));
        var disagreements = new List<string>();
        foreach (var uri in NameClasses.Uris)
        {
            var plan = new ChainPlan(new Random(DefaultSeed), DateTimeOffset.UtcNow, 1) { Host = "www.example.com" };
            plan.Leaf.Remove(ExtensionPlan.SubjectAltNameOid);
            plan.Leaf.Set(ExtensionPlan.SubjectAltName([Der.Uri(uri), Der.DnsName(plan.Host)]));
            plan.Root.Set(ExtensionPlan.NameConstraints([], [Der.Uri(plan.Host)], critical: true));
            var @case = plan.Build("URI");
            var theirs = await node.JudgeAsync(@case);
            var ours = validator.Validate([.. @case.Presented.Select(p => (ReadOnlyMemory<byte>)p)], TrustAnchors.FromPem(@case.Roots), @case.Host, DateTimeOffset.UtcNow);
            if (!string.Equals(theirs, ours.NodeCode, StringComparison.Ordinal))
            {
                disagreements.Add($"{uri}: Node says {theirs}, we say {ours.NodeCode} [{string.Join(' ', ours.Trail)}]");
            }
        }

        Assert.Empty(disagreements);
    }

    private static async Task<string> ProgramAsync(NodeVersion version) => version switch
    {
        NodeVersion.Node22 => await NodeOfNpm.ProgramAsync(NodeOfNpm.Node22),
        NodeVersion.Node24 => await NodeOfNpm.ProgramAsync(NodeOfNpm.Node24),
        NodeVersion.Node26 => await NodeOfNpm.ProgramAsync(NodeOfNpm.Node26),
        _ => "node",
    };

    private static int? Setting(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value : null;
}
