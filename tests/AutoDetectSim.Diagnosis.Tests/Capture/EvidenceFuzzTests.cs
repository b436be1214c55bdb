using System.Globalization;
using System.Text;
using AutoDetectSim.Diagnosis.Capture;
using AutoDetectSim.Diagnosis.Capture.Evidence;
using AutoDetectSim.Diagnosis.Capture.Evidence.Calls;
using AutoDetectSim.Diagnosis.Capture.Evidence.Envelope;
using AutoDetectSim.Diagnosis.Capture.Evidence.Observations;

namespace AutoDetectSim.Diagnosis.Tests.Capture;

/// <summary>Damaged evidence is refused or read, and never crashes, hangs, or yields a host that nothing in it names.</summary>
public sealed class EvidenceFuzzTests
{
    /// <summary>Set to a number to try more than a sample.</summary>
    private const string Amount = "AUTODETECTSIM_FUZZ";

    /// <summary>Set to the number of the first try, to go on with a long run.</summary>
    private const string First = "AUTODETECTSIM_FUZZ_FROM";

    /// <summary>A long run may have a low priority.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(NumberOf(Amount) is null ? 20 : 600);

    private static readonly string[] Words =
    [
        "\n", "---", "> ", "| ", "-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----", "Certificate chain", " 0 s:", "   i:", "CONNECTED(00000003)", "Verify return code: 21 (x)", "depth=9999999999 CN = a", "SSL alert number 999",
        "{", "[", "\"", "}", "]", "\\", "HTTP/1.1 401 x", "WWW-Authenticate: Bearer", "$ openssl s_client -connect", "s_client -connect [::1", "\0", "\uFEFF", "\u2028", "=3D", "Content-Transfer-Encoding: base64\n\n", "Key : Value", "443/tcp open",
        "Start Time: 99999999999999999999", "-1", "NaN", "errno=104", "Owner: ", "* Connected to a (b) port 99999999", "\u001B[", "999999999999",
    ];

    [Fact]
    public void Damaged_evidence_is_refused_or_read()
    {
        var count = NumberOf(Amount) ?? 2000;
        var first = NumberOf(First) ?? 0;
        var seeds = Directory.EnumerateFiles(CapturedEvidence.Fixture(""), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllBytes).Where(bytes => bytes.Length < 40_000).ToArray();
        Assert.True(seeds.Length > 50);
        var time = TimeProvider.System;
        Parallel.For(first, first + count, new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = TestContext.Current.CancellationToken }, number =>
        {
            var random = new Random(number);
            var bytes = Mutate(seeds[random.Next(seeds.Length)], seeds[random.Next(seeds.Length)], random);
            var started = time.GetTimestamp();
            try
            {
                var text = EvidenceBytes.Decode(bytes);
                var calls = EvidenceReader.Parse(text, "fuzz").Calls;
                var world = EvidenceWorld.Make(calls, CapturedEvidence.Question()).World;
                Assert.All(world.Hosts, host => Assert.True(IsNamed(host.Host, text, calls), $"{number}: nothing names {host.Host}"));
                if (number % 50 == 0)
                {
                    _ = new ScenarioReproduction(world).Make();
                }
            }
            catch (EvidenceException exception)
            {
                Assert.True(exception.Message.Length > 10);
            }
            catch (Exception exception) when (exception is not Xunit.Sdk.IAssertionException)
            {
                Assert.Fail($"{number}: {exception}");
            }

            Assert.True(time.GetElapsedTime(started) < Patience, $"{number} took {time.GetElapsedTime(started)}");
        });
    }

    private static int? NumberOf(string variable) => int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A host stands in the text itself, or in a certificate of it, or is the autodiscover name of a wildcard or a domain in it.</summary>
    private static bool IsNamed(string host, string text, IReadOnlyList<EvidenceCall> calls)
    {
        var source = EvidenceDocument.Parse(text, "x").Source;
        var plain = string.Concat(source.Where(character => character is not (' ' or '>' or '|' or '\t' or '\n')));
        return IsIn(host) || (host.StartsWith("autodiscover.", StringComparison.Ordinal) && IsIn(host[13..]))

            // Escapes in JSON and names beyond ASCII read otherwise than they are written.
            || ((host.Contains("xn--", StringComparison.Ordinal) || source.Contains('\\', StringComparison.Ordinal)) && calls.Any(call => call.Host == host || call.ServerName == host));

        bool IsIn(string name) => plain.Contains(name, StringComparison.OrdinalIgnoreCase)
            || calls.SelectMany(call => call.Sent).Where(certificate => certificate.Der is not null).Any(certificate => Encoding.Latin1.GetString(certificate.Der!.Value.Span).Contains(name, StringComparison.OrdinalIgnoreCase));
    }

    private static byte[] Mutate(byte[] seed, byte[] other, Random random)
    {
        var bytes = new List<byte>(seed);
        for (var change = random.Next(1, 6); change > 0 && bytes.Count > 0; change--)
        {
            var at = random.Next(bytes.Count);
            var length = Math.Min(random.Next(1, 200), bytes.Count - at);
            switch (random.Next(8))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes.RemoveRange(at, length);
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(random.Next(bytes.Count - length + 1), length));
                    break;
                case 3:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Words[random.Next(Words.Length)]));
                    break;
                case 4:
                    bytes = bytes.GetRange(0, at + 1);
                    break;
                case 5:
                    bytes.InsertRange(at, other.Skip(random.Next(other.Length)).Take(random.Next(4000)));
                    break;
                case 6:
                    var line = bytes.IndexOf((byte)'\n', at);
                    if (line > 0)
                    {
                        bytes.InsertRange(line, Encoding.UTF8.GetBytes(Words[random.Next(Words.Length)]));
                    }

                    break;
                default:
                    bytes = [.. Encoding.UTF8.GetBytes(MailedText.Wrap(Encoding.UTF8.GetString([.. bytes]), random.Next(5, 120)))];
                    break;
            }
        }

        return [.. bytes];
    }
}
