using System.Security.Cryptography;
using System.Text.Json;

namespace AutoDetectSim.Benchmarks.Validation;

/// <summary>Input of <c>verify --batch</c>: chains that have nothing in common, not even a root.</summary>
internal static class BenchmarkBatch
{
    /// <summary>Writes so many lines.</summary>
    public static void Write(int count, TextWriter output)
    {
        for (var number = 1; number <= count; number++)
        {
            var chain = BenchmarkChain.Create(rsa: false);
            output.WriteLine(JsonSerializer.Serialize(new
            {
                id = $"{number}",
                presented = (string[])[Pem(chain.Leaf), Pem(chain.Intermediate)],
                roots = (string[])[Pem(chain.Root)],
                host = BenchmarkChain.Host,
            }));
        }
    }

    private static string Pem(byte[] certificate) => PemEncoding.WriteString("CERTIFICATE", certificate);
}
