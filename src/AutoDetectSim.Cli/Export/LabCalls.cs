using System.Globalization;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Cli.Export;

/// <summary>Calls of a lab from inside it, through its gateway: detections, load, a check of a host.</summary>
/// <param name="parts">The parts.</param>
/// <param name="gateway">The URL of the gateway.</param>
internal sealed class LabCalls(ExportedParts parts, string gateway)
{
    /// <summary>The name of the call that makes load.</summary>
    public const string Load = "load";

    private const int LoadConcurrency = 16;

    /// <summary>Enough for 1 in 20 to show.</summary>
    private const int UsualAttempts = 200;
    private const int LoadAttempts = 10_000;
    private const int FewestConnections = 40;

    /// <summary>What the scenario expects of many detections; null where it says nothing.</summary>
    public Expectation? Expected => parts.Scenario.Expect.FirstOrDefault(expectation => expectation.Attempts > 1);

    /// <summary>The address that is added on the phone.</summary>
    public string Email => Expected?.Detect ?? ExampleAddress.Of(parts.Scenario);

    /// <summary>The URL of AutoDetect.</summary>
    public string DetectUrl => $"https://{parts.Scenario.AutoDetect.Hosts[0]}/detect";

    /// <summary>The calls.</summary>
    public IReadOnlyList<LabCall> All
    {
        get
        {
            string[] way = ["--proxy", gateway, "--ca", $"{PartCommand.LabFolder}/roots.pem", "--live"];
            var calls = new List<LabCall>
            {
                new("detect", "Calls AutoDetect as phones do. Exit code 1 where a detection fails, as it does in a lab with a fault.",
                    ["detect", Email, "--url", DetectUrl, .. way, "--attempts", Text(Expected?.Attempts ?? UsualAttempts)]),
                new(Load, $"Calls AutoDetect, {LoadConcurrency} calls at a time.",
                    ["detect", Email, "--url", DetectUrl, .. way, "--attempts", Text(LoadAttempts), "--concurrency", Text(LoadConcurrency)]),
            };
            if (parts.Balancers is [{ Balancer: { } balancer }, ..])
            {
                calls.Add(new LabCall("check", $"Connects to {balancer.Hosts[0]} again and again, and groups its nodes by the chains that they present.",
                    ["check", balancer.Hosts[0], .. way, "--attempts", Text(Math.Max(FewestConnections, 2 * balancer.Nodes.Count))]));
            }

            return calls;
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A call of a lab.</summary>
/// <param name="Name">The name.</param>
/// <param name="Words">What it does.</param>
/// <param name="Arguments">The arguments of the command.</param>
internal sealed record LabCall(string Name, string Words, IReadOnlyList<string> Arguments);
