using System.CommandLine;
using System.CommandLine.Parsing;
using AutoDetectSim.Certificates.Validation;
using AutoDetectSim.Cli.Output;

namespace AutoDetectSim.Cli.Verify;

/// <summary><c>verify</c>: judges presented chains as a Node.js client does, one chain for people or JSON lines in bulk.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var chain = new Option<string?>("--chain") { Description = "PEM file of the presented certificates, in the order in which the server sends them.", HelpName = "FILE" };
        var roots = new Option<string[]>("--roots") { Description = "PEM file of trusted roots; repeatable. Default: no trusted roots.", HelpName = "FILE" };
        var host = new Option<string?>("--host") { Description = "Host name or IP address that the client connects to. Default: names are not checked.", HelpName = "NAME" };
        var at = new Option<string?>("--at") { Description = "Validation time (RFC 3339, for example 2026-11-23T12:00:00Z). Default: now.", HelpName = "TIME" };
        var json = new Option<bool>("--json") { Description = "JSON document on standard output." };
        var batch = new Option<string?>("--batch") { Description = "File (or - for standard input) of JSON lines ({\"id\",\"presented\":[PEM..],\"roots\":[PEM..],\"host\",\"at\"}) to judge; one result line each, in order.", HelpName = "FILE|-" };
        var command = new Command("verify", "Judge presented certificate chains exactly as a Node.js 20 client (OpenSSL 3.0) does: no cached intermediates, no downloads.")
        {
            chain, roots, host, at, json, batch,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(chain) is null == result.GetValue(batch) is null)
            {
                result.AddError("verify takes either --chain FILE or --batch FILE.");
            }

            if (result.GetValue(batch) is not null && new Option[] { roots, host, at, json }.Any(o => result.GetResult(o) is OptionResult { Implicit: false }))
            {
                result.AddError("--roots, --host, --at and --json cannot be combined with --batch: each input line has its own values.");
            }

            if (result.GetValue(at) is { } text && !BatchCase.TryReadTime(text, out _))
            {
                result.AddError($"--at takes an RFC 3339 time such as 2026-11-23T12:00:00Z, not '{text}'.");
            }
        });
        command.SetAction(async (parsed, cancellationToken) => parsed.GetValue(batch) is { } file
            ? await RunBatchAsync(file, cancellationToken)
            : await RunChainAsync(parsed.GetValue(chain)!, parsed.GetValue(roots) ?? [], parsed.GetValue(host), parsed.GetValue(at), parsed.GetValue(json)));
        return command;
    }

    private static async Task<int> RunBatchAsync(string file, CancellationToken cancellationToken)
    {
        await using var input = Open(file);
        await using var output = Console.OpenStandardOutput();
        try
        {
            return await new BatchRunner(TimeProvider.System).RunAsync(input, output, cancellationToken) ? ExitCodes.Success : ExitCodes.InvalidInput;
        }
        catch (IOException exception)
        {
            throw new InputException($"{file}: {exception.Message}");
        }
    }

    private static async Task<int> RunChainAsync(string chain, IReadOnlyList<string> roots, string? host, string? at, bool json)
    {
        var presented = new List<ReadOnlyMemory<byte>>();
        var texts = new List<string>();
        var problems = new List<string>();
        if (Read(chain, problems) is { } text && !PemCertificates.TryRead(text, presented))
        {
            problems.Add($"{chain}: contains no PEM certificate (-----BEGIN CERTIFICATE-----).");
        }

        foreach (var file in roots)
        {
            if (Read(file, problems) is { } trusted)
            {
                texts.Add(trusted);
                if (TrustAnchors.FromPem(trusted).Count == 0)
                {
                    problems.Add($"{file}: contains no PEM certificate (-----BEGIN CERTIFICATE-----).");
                }
            }
        }

        if (problems.Count > 0)
        {
            throw new InputException(string.Join(Environment.NewLine, problems));
        }

        var time = at is not null && BatchCase.TryReadTime(at, out var given) ? given : TimeProvider.System.GetUtcNow();
        var anchors = TrustAnchors.FromPem(texts);
        var result = new StrictPathValidator().Validate(presented, anchors, host, time);
        if (json)
        {
            await Console.Out.WriteLineAsync(VerifyDocument.Of(result, host, time).ToJson());
        }
        else
        {
            VerifyReport.Write(result, anchors, host, time);
        }

        return result.Accepted ? ExitCodes.Success : ExitCodes.NotAsExpected;
    }

    private static Stream Open(string file)
    {
        try
        {
            return file is "-" ? Console.OpenStandardInput() : File.OpenRead(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{file}: {exception.Message}");
        }
    }

    private static string? Read(string file, List<string> problems)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problems.Add($"{file}: {exception.Message}");
            return null;
        }
    }
}
