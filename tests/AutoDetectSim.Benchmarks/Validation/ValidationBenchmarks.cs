using AutoDetectSim.Certificates.Validation;
using BenchmarkDotNet.Attributes;

namespace AutoDetectSim.Benchmarks.Validation;

/// <summary>The strict verdict on leaf, intermediate and anchor: decoded and checked afresh, and met again.</summary>
[MemoryDiagnoser]
public class ValidationBenchmarks
{
    private readonly StrictPathValidator _fresh = new(cacheSize: 0);
    private readonly StrictPathValidator _warm = new();
    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();
    private BenchmarkChain _chain = null!;

    /// <summary>The kind of all keys.</summary>
    [Params("P-256", "RSA-2048")]
    public string Keys { get; set; } = "P-256";

    /// <summary>Issues the chain.</summary>
    [GlobalSetup]
    public void Issue() => _chain = BenchmarkChain.Create(rsa: string.Equals(Keys, "RSA-2048", StringComparison.Ordinal));

    /// <summary>Nothing is remembered between calls, but for the decoded anchor.</summary>
    [Benchmark]
    public string Fresh() => _fresh.Validate(_chain.Presented, _chain.Anchors, BenchmarkChain.Host, _now).NodeCode;

    /// <summary>The same bytes come again.</summary>
    [Benchmark]
    public string Warm() => _warm.Validate(_chain.Presented, _chain.Anchors, BenchmarkChain.Host, _now).NodeCode;
}
