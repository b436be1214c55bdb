using System.CommandLine;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Evidence;
using AutoDetectSim.Diagnosis.Explaining;
using AutoDetectSim.Documents;
using AutoDetectSim.Documents.Files;

namespace AutoDetectSim.Cli.Explain;

/// <summary><c>explain HEADER</c>: decodes X-Debug-Support and X-Feedback-Token, and explains what AutoDetect did.</summary>
internal static class ExplainCommand
{
    public static Command Create()
    {
        var header = new Argument<string?>("HEADER")
        {
            Description = "Value of X-Debug-Support or X-Feedback-Token, also decoded, a code such as UNABLE_TO_VERIFY_LEAF_SIGNATURE, or whole response headers as copied from curl, PowerShell, a HAR file or a quoted mail. Default, and with -: standard input.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var file = new Option<FileInfo?>("--file") { Description = "File with the value or the response headers." };
        var verbose = VerboseOption.Create("Also show the decoded values as JSON.");
        var json = new Option<bool>("--json") { Description = "JSON document on standard output." };
        var command = new Command("explain", "Decode a pasted X-Debug-Support or X-Feedback-Token header, and explain what AutoDetect did.")
        {
            header, file, verbose, json,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(header) is not null && result.GetValue(file) is not null)
            {
                result.AddError("Give either HEADER or --file FILE.");
            }
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var output = parsed.InvocationConfiguration.Output;
            try
            {
                if (parsed.GetValue(header) is null or "-" && parsed.GetValue(file) is null && StandardInput.IsClosed)
                {
                    throw new InputException(StandardInput.Closed);
                }

                var text = await PastedText.ReadAsync(parsed.GetValue(header), parsed.GetValue(file), Console.In, cancellationToken);
                var explained = HeaderExplainer.Explain(HeaderText.Open(text));
                if (parsed.GetValue(json))
                {
                    await output.WriteLineAsync(ReadableJson.Text(explained, ExplainJson.Default.ExplainedAnswer));
                }
                else
                {
                    ExplainReport.Write(explained, parsed.GetValue(verbose), output);
                }

                return ExitCodes.Success;
            }
            catch (UnreadableHeaderException exception)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync(exception.Message);
                return ExitCodes.InvalidInput;
            }
        });
        return command;
    }
}
