using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using AutoDetectSim.Certificates.Validation;

namespace AutoDetectSim.Benchmarks.Validation;

/// <summary>
/// <c>validation --peer PROGRAM [--seconds S]</c>: validations per second on one thread, beside OpenSSL's
/// X509_verify_cert in the same run, in turns so that a busy machine slows both down alike.
/// </summary>
internal static class ValidationComparison
{
    private const int Rounds = 5;

    public static int Run(string[] arguments)
    {
        var peer = Option(arguments, "--peer");
        if (peer is null)
        {
            Console.Error.WriteLine("validation needs --peer PROGRAM; tests/AutoDetectSim.Benchmarks/Validation/run.sh compiles it.");
            return 2;
        }

        var seconds = double.Parse(Option(arguments, "--seconds") ?? "1", CultureInfo.InvariantCulture);
        Console.WriteLine("| keys | OpenSSL, chain parsed | OpenSSL, all parsed once | ours, fresh | ours, warm | fresh / OpenSSL | warm / OpenSSL |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var rsa in new[] { false, true })
        {
            Compare(BenchmarkChain.Create(rsa), rsa ? "RSA-2048" : "P-256", peer, seconds);
        }

        return 0;
    }

    private static void Compare(BenchmarkChain chain, string keys, string peer, double seconds)
    {
        var folder = Directory.CreateTempSubdirectory("validation-");
        try
        {
            string[] files = [Path.Combine(folder.FullName, "leaf.der"), Path.Combine(folder.FullName, "intermediate.der"), Path.Combine(folder.FullName, "root.der")];
            File.WriteAllBytes(files[0], chain.Leaf);
            File.WriteAllBytes(files[1], chain.Intermediate);
            File.WriteAllBytes(files[2], chain.Root);
            var fresh = new StrictPathValidator(cacheSize: 0);
            var warm = new StrictPathValidator();
            Measure(fresh, chain, 1);
            Measure(warm, chain, 1);

            var rounds = Enumerable.Range(0, Rounds).Select(_ =>
            {
                var theirs = RunPeer(peer, [seconds.ToString(CultureInfo.InvariantCulture), .. files]);
                return (Parsed: theirs.GetProperty("parsed").GetDouble(), Once: theirs.GetProperty("once").GetDouble(), Fresh: Measure(fresh, chain, seconds), Warm: Measure(warm, chain, seconds));
            }).ToList();

            var (parsed, once, ours, again) = (Median(rounds, r => r.Parsed), Median(rounds, r => r.Once), Median(rounds, r => r.Fresh), Median(rounds, r => r.Warm));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {keys} | {parsed:N0}/s | {once:N0}/s | {ours:N0}/s | {again:N0}/s | {Median(rounds, r => r.Fresh / r.Parsed):N2} | {Median(rounds, r => r.Warm / r.Parsed):N1} |"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static double Measure(StrictPathValidator validator, BenchmarkChain chain, double seconds)
    {
        var now = TimeProvider.System.GetUtcNow();
        var start = Stopwatch.GetTimestamp();
        var count = 0;
        TimeSpan elapsed;
        do
        {
            for (var i = 0; i < 50; i++)
            {
                var result = validator.Validate(chain.Presented, chain.Anchors, BenchmarkChain.Host, now);
                if (!result.Accepted)
                {
                    throw new InvalidOperationException(result.Explanation);
                }
            }

            count += 50;
            elapsed = Stopwatch.GetElapsedTime(start);
        }
        while (elapsed.TotalSeconds < seconds);
        return count / elapsed.TotalSeconds;
    }

    private static JsonElement RunPeer(string peer, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(peer, arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? JsonDocument.Parse(output).RootElement : throw new InvalidOperationException($"{peer} failed: {output}");
    }

    private static double Median<T>(List<T> rounds, Func<T, double> value)
    {
        var sorted = rounds.Select(value).Order().ToList();
        return sorted[sorted.Count / 2];
    }

    private static string? Option(string[] arguments, string name)
    {
        var index = Array.IndexOf(arguments, name);
        return index >= 0 && index + 1 < arguments.Length ? arguments[index + 1] : null;
    }
}
