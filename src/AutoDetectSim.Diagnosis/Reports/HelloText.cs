using System.Globalization;
using AutoDetectSim.Diagnosis.Checking;
using AutoDetectSim.Diagnosis.Checking.Grouping;

namespace AutoDetectSim.Diagnosis.Reports;

/// <summary>What new clients meet that old ones do not, in sentences.</summary>
internal static class HelloText
{
    /// <summary>A sentence per host that resets new clients.</summary>
    public static IEnumerable<string> Sentences(CheckResult result) => Findings(result).Select(found => string.Create(
        CultureInfo.InvariantCulture,
        $"{found.Host} resets new clients: {found.Hello.Resets} of {found.Hello.Attempts} connections that begin like those of Node.js 22 and later (X25519MLKEM768, about 1,600 bytes), and {found.Hello.ClassicalResets} of {found.Hello.ClassicalAttempts} that begin like those of Node.js 20 (X25519, about 400 bytes): {FaultNames.Words(found.Hello.Fault)}."));

    /// <summary>A task per host that resets new clients.</summary>
    public static IEnumerable<string> Tasks(CheckResult result) => Findings(result).Select(found => $"{found.Host}: {Task(found.Hello.Fault)}");

    private static string Task(string fault) => fault switch
    {
        FaultNames.SplitHello => "let the device that routes by SNI wait for the whole ClientHello, which takes two TCP segments today. In HAProxy: `tcp-request inspect-delay 5s` and `tcp-request content accept if { req.ssl_hello_type 1 }`.",
        FaultNames.LargeHello => "find the device that resets a ClientHello of more than one TCP segment, and update it or raise its limit. A padded ClientHello without ML-KEM is reset as well, so the length is what matters.",
        _ => "find the device or server that resets a ClientHello that offers ML-KEM (X25519MLKEM768), and update it. A padded ClientHello of the same length without ML-KEM passes, so the length does not matter.",
    };

    private static IEnumerable<(string Host, HelloFinding Hello)> Findings(CheckResult result) => result.Hosts
        .Where(host => host.Hello is not null)
        .DistinctBy(host => (host.Host.ToUpperInvariant(), host.Port))
        .Select(host => (host.Host, host.Hello!));
}

/// <summary>How a host treats clients by their ClientHello, where it resets new ones: the fault's word, and connections of each kind with those that were reset.</summary>
internal sealed record HelloDocument(string Fault, int Resets, int Attempts, int ClassicalResets, int ClassicalAttempts)
{
    /// <summary>The document of a finding, or null for none.</summary>
    public static HelloDocument? From(HelloFinding? hello) =>
        hello is null ? null : new(hello.Fault, hello.Resets, hello.Attempts, hello.ClassicalResets, hello.ClassicalAttempts);
}
