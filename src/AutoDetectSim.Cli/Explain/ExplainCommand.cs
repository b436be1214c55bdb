using System.CommandLine;
using System.Text.Json;
using AutoDetectSim.Diagnosis.Capture.Evidence;
using AutoDetectSim.Diagnosis.Explaining;

namespace AutoDetectSim.Cli.Explain;

/// <summary><c>explain HEADER</c>: decodes X-Debug-Support and X-Feedback-Token and says in words what AutoDetect did.</summary>
internal static class ExplainCommand
{
    public static Command Create()
    {
        var header = new Argument<string?>("HEADER")
        {
            Description = "The value of X-Debug-Support or X-Feedback-Token, also decoded, a code such as UNABLE_TO_VERIFY_LEAF_SIGNATURE, or a whole response head as curl, PowerShell, a HAR file or a quoted mail has it. Without it, or with -, standard input is read.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var file = new Option<FileInfo?>("--file") { Description = "Read the value, or the response head, from this file." };
        var json = new Option<bool>("--json") { Description = "One JSON document on standard output." };
        var command = new Command("explain", "Decodes a pasted X-Debug-Support or X-Feedback-Token and says in words what AutoDetect did.")
        {
            header, file, json,
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
            var errors = parsed.InvocationConfiguration.Error;
            try
            {
                var text = await PastedText.ReadAsync(parsed.GetValue(header), parsed.GetValue(file), Console.In, cancellationToken);
                var explained = HeaderExplainer.Explain(HeaderText.Open(text));
                if (parsed.GetValue(json))
                {
                    await output.WriteLineAsync(JsonSerializer.Serialize(explained, ExplainJson.Default.ExplainedAnswer));
                }
                else
                {
                    ExplainReport.Write(explained, Console.IsOutputRedirected ? errors : output);
                }

                return ExitCodes.Success;
            }
            catch (UnreadableHeaderException exception)
            {
                await errors.WriteLineAsync(exception.Message);
                return ExitCodes.InvalidInput;
            }
        });
        return command;
    }
}
