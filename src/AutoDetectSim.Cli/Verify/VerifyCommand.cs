using System.CommandLine;
using System.CommandLine.Parsing;
using System.Security.Cryptography;
using System.Text;
using AutoDetectSim.Certificates.Validation;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Documents.Files;

namespace AutoDetectSim.Cli.Verify;

/// <summary><c>verify</c>: judges presented chains as a Node.js client does, one chain for people or JSON lines in bulk.</summary>
internal static class VerifyCommand
{
    /// <summary>The versions of Node.js that can judge.</summary>
    public static readonly (string Word, NodeVersion Value)[] Versions = [("20", NodeVersion.Node20), ("22", NodeVersion.Node22), ("24", NodeVersion.Node24), ("26", NodeVersion.Node26)];

    private static readonly (string Word, CertificatePurpose Value)[] Purposes = [("server", CertificatePurpose.Server), ("client", CertificatePurpose.Client)];

    public static Command Create()
    {
        var chain = new Option<string?>("--chain") { Description = "File of the presented certificates, in the order in which the server sends them: PEM, DER, PKCS#7, PFX, or the output of openssl s_client -showcerts.", HelpName = "FILE" };
        var roots = new Option<string[]>("--roots") { Description = "PEM file of trusted roots; repeatable. Default: no trusted roots.", HelpName = "FILE" };
        var host = new Option<string?>("--host") { Description = "Host name or IP address that the client connects to. Default: names are not checked.", HelpName = "NAME" };
        var at = new Option<string?>("--at") { Description = "Validation time (RFC 3339, for example 2026-11-23T12:00:00Z). Default: now.", HelpName = "TIME" };
        var password = new Option<string?>("--password") { Description = "Password of a PFX file." };
        var reorder = new Option<string?>("--reorder") { Description = "PEM file to write with the certificates in the right order, the server's own first.", HelpName = "FILE" };
        var force = Outputs.Force();
        var json = new Option<bool>("--json") { Description = "JSON document on standard output." };
        var batch = new Option<string?>("--batch") { Description = "File (or - for standard input) of JSON lines ({\"id\",\"presented\":[PEM..],\"roots\":[PEM..],\"host\",\"at\"}) to judge; one result line each, in order.", HelpName = "FILE|-" };
        var node = CheckedOption.Choice("--node", "Version of Node.js that judges: 20 (OpenSSL 3.0), or 22, 24 or 26 (OpenSSL 3.5). Default: 20.", Versions);
        var purpose = CheckedOption.Choice(
            "--purpose",
            "Whose certificates they are: server, judged by a client; or client, judged by a server that asks for a client certificate (mutual TLS), which checks no host. Default: server.",
            Purposes);
        var command = new Command("verify", "Judge presented certificate chains exactly as a Node.js client does: no cached intermediates, no downloads.")
        {
            chain, roots, host, at, password, node, purpose, reorder, json, batch, force,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(chain) is null == result.GetValue(batch) is null)
            {
                result.AddError("verify takes either --chain FILE or --batch FILE.");
            }

            if (result.GetValue(batch) is not null && new Option[] { roots, host, at, password, reorder, force, json }.Any(o => result.GetResult(o) is OptionResult { Implicit: false }))
            {
                result.AddError("--roots, --host, --at, --password, --reorder, --force and --json cannot be combined with --batch: each input line has its own values.");
            }

            if (result.GetValue(host) is not null && result.GetValue(purpose) is CertificatePurpose.Client)
            {
                result.AddError("--host cannot be combined with --purpose client: a server does not compare the names of a client certificate with a host.");
            }

            if (result.GetValue(at) is { } text && !BatchCase.TryReadTime(text, out _))
            {
                result.AddError($"--at takes an RFC 3339 time such as 2026-11-23T12:00:00Z, not '{text}'.");
            }
        });
        command.SetAction(async (parsed, cancellationToken) => parsed.GetValue(batch) is { } file
            ? await RunBatchAsync(file, new StrictPathValidator(parsed.GetValue(node) ?? NodeVersion.Node20, parsed.GetValue(purpose) ?? CertificatePurpose.Server), cancellationToken)
            : await RunChainAsync(new VerifyRequest
            {
                Chain = parsed.GetValue(chain)!,
                Roots = parsed.GetValue(roots) ?? [],
                Host = parsed.GetValue(host),
                At = parsed.GetValue(at) is { } given && BatchCase.TryReadTime(given, out var time) ? time : TimeProvider.System.GetUtcNow(),
                Password = parsed.GetValue(password),
                Version = parsed.GetValue(node) ?? NodeVersion.Node20,
                Purpose = parsed.GetValue(purpose) ?? CertificatePurpose.Server,
                Reorder = parsed.GetValue(reorder) is { } target ? OutputFile.Claim(target, Outputs.Chain, parsed.GetValue(force)) : null,
                Json = parsed.GetValue(json),
            }));
        return command;
    }

    private static async Task<int> RunBatchAsync(string file, StrictPathValidator validator, CancellationToken cancellationToken)
    {
        await using var input = Open(file);
        await using var output = Console.OpenStandardOutput();
        try
        {
            return await new BatchRunner(TimeProvider.System, validator).RunAsync(input, output, cancellationToken) ? ExitCodes.Success : ExitCodes.InvalidInput;
        }
        catch (IOException exception)
        {
            throw new InputException($"{file}: {exception.Message}");
        }
    }

    private static async Task<int> RunChainAsync(VerifyRequest request)
    {
        var texts = new List<string>();
        var problems = new List<string>();
        IReadOnlyList<PresentedList> lists = [];
        try
        {
            lists = CertificateFile.Read(request.Chain, request.Password);
        }
        catch (InputException exception)
        {
            problems.Add(exception.Message);
        }

        foreach (var file in request.Roots)
        {
            if (Read(file, problems) is { } trusted)
            {
                texts.Add(trusted);
                if (TrustAnchors.FromPem(trusted).Count == 0)
                {
                    problems.Add($"{file}: contains no PEM certificate (-----BEGIN CERTIFICATE-----). Convert it: openssl x509 -inform der -in {file} -out {file}.pem");
                }
            }
        }

        if (request.Reorder is not null && lists.Count > 1)
        {
            problems.Add($"--reorder: {request.Chain} shows {lists.Count} connections; keep one of them.");
        }

        if (problems.Count > 0)
        {
            throw new InputException(string.Join(Environment.NewLine, problems));
        }

        var anchors = TrustAnchors.FromPem(texts);
        var judged = lists.Select(list => VerifiedList.Judge(list, anchors, request)).ToList();
        if (request.Reorder is { } output)
        {
            WriteInOrder(judged[0], request.Chain, output);
        }

        if (request.Json)
        {
            await Console.Out.WriteLineAsync(VerifyDocument.Of(judged).ToJson());
        }
        else
        {
            VerifyReport.Write(judged, anchors);
        }

        return judged.TrueForAll(one => one.Result.Accepted) ? ExitCodes.Success : ExitCodes.NotAsExpected;
    }

    private static void WriteInOrder(VerifiedList judged, string chain, OutputFile output)
    {
        if (judged.Order is not { } order)
        {
            throw new InputException($"--reorder: {chain} has a certificate that cannot be read.");
        }

        output.Write(Encoding.ASCII.GetBytes(string.Concat(order.Right.Select(der => PemEncoding.WriteString("CERTIFICATE", der.Span) + "\n"))));
    }

    private static Stream Open(string file)
    {
        try
        {
            if (file is not "-")
            {
                return InputFile.Open(file, allowsPipe: true);
            }

            return StandardInput.IsClosed ? throw new IOException(StandardInput.Closed) : Console.OpenStandardInput();
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
            return InputFile.ReadText(file, PemRoots.MaximumSize);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problems.Add($"{file}: {exception.Message}");
            return null;
        }
    }
}
