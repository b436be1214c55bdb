using System.Globalization;
using AutoDetectSim.Benchmarks.Handshakes;
using AutoDetectSim.Benchmarks.Labs;
using AutoDetectSim.Benchmarks.Soak;
using AutoDetectSim.Benchmarks.Validation;
using BenchmarkDotNet.Running;

switch (args)
{
    case ["handshakes"]:
        await HandshakeBenchmark.RunAsync(count: 3000);
        return 0;
    case ["handshakes", var count] when int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0:
        await HandshakeBenchmark.RunAsync(number);
        return 0;
    case ["chains", var count] when int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var chains) && chains > 0:
        BenchmarkBatch.Write(chains, Console.Out);
        return 0;
    case ["labs"]:
        await LabStartBenchmark.RunAsync();
        return 0;
    case ["soak", .. var options]:
        return SoakOptions.Parse(options) is { } soak ? await SoakBenchmark.RunAsync(soak) : 2;
    case ["serve-handshakes", var key, var version]:
        await HandshakeServer.ServeUntilInputEndsAsync(key, version);
        return 0;
    case ["validation", .. var options]:
        return ValidationComparison.Run(options);
    case ["--filter" or "--list", ..]:
        BenchmarkSwitcher.FromAssembly(typeof(ValidationBenchmarks).Assembly).Run(args);
        return 0;
    default:
        await Console.Error.WriteLineAsync("usage: AutoDetectSim.Benchmarks handshakes [COUNT] | chains COUNT | labs | soak [--detections N] [--stall-every N] [--broken-handshakes N] | validation --peer PROGRAM [--seconds S] | --filter PATTERN (BenchmarkDotNet)");
        return 2;
}
