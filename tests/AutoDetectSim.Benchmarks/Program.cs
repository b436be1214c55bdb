using System.Globalization;
using AutoDetectSim.Benchmarks.Handshakes;

switch (args)
{
    case ["handshakes"]:
        await HandshakeBenchmark.RunAsync(count: 3000);
        return 0;
    case ["handshakes", var count] when int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0:
        await HandshakeBenchmark.RunAsync(number);
        return 0;
    case ["serve-handshakes", var key, var version]:
        await HandshakeServer.ServeUntilInputEndsAsync(key, version);
        return 0;
    default:
        await Console.Error.WriteLineAsync("usage: AutoDetectSim.Benchmarks handshakes [COUNT]");
        return 2;
}
