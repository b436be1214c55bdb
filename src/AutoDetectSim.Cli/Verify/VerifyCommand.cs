using System.CommandLine;

namespace AutoDetectSim.Cli.Verify;

/// <summary><c>autodetectsim verify</c>: judges presented chains as a Node.js client does.</summary>
internal static class VerifyCommand
{
    private const int Accepted = 0;
    private const int InvalidInput = 2;

    public static Command Create()
    {
        var batch = new Option<string?>("--batch") { Description = "Judge the JSON lines of a file (- for standard input): {\"id\",\"presented\":[PEM..],\"roots\":[PEM..],\"host\",\"at\"}.", HelpName = "FILE|-" };
        var command = new Command("verify", "Judges presented certificate chains as a Node.js 20 client (OpenSSL 3.0) does, code for code.") { batch };
        command.SetAction(async (parsed, cancellationToken) => await RunBatchAsync(parsed.GetValue(batch)!, cancellationToken));
        return command;
    }

    private static async Task<int> RunBatchAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            await using var input = file is "-" ? Console.OpenStandardInput() : File.OpenRead(file);
            await using var output = Console.OpenStandardOutput();
            return await new BatchRunner(TimeProvider.System).RunAsync(input, output, cancellationToken) ? Accepted : InvalidInput;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return InvalidInput;
        }
    }
}
