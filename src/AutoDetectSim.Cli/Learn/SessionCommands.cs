using System.CommandLine;
using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using AutoDetectSim.Documents;
using AutoDetectSim.Training.Lessons;
using AutoDetectSim.Training.Progress;
using AutoDetectSim.Training.Sessions;

namespace AutoDetectSim.Cli.Learn;

/// <summary>The commands of `learn` that work on the lesson that runs.</summary>
internal static class SessionCommands
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(30);

    public static Command Status()
    {
        var command = new Command("status", "Show the running lesson: the customer's words, the topology, and what you have done so far.");
        command.SetAction((parsed, cancellationToken) => LearnOptions.WithSessionAsync(parsed, async client =>
        {
            var status = await client.GetAsync(SessionApi.StatusPath, LearnJson.Default.SessionStatus, cancellationToken);
            return Say(parsed, status, LearnJson.Default.SessionStatus, writer => SessionBanner.Write(status, writer), isYes: true);
        }));
        return command;
    }

    public static Command Phone()
    {
        var command = new Command("phone", "Add the account on a phone again: shows what the phone displays, whether mail arrives, and what the customer's servers logged. Exit code 0 if mail arrives.");
        command.SetAction((parsed, cancellationToken) => LearnOptions.WithSessionAsync(parsed, async client =>
        {
            var result = await client.PostAsync(SessionApi.PhonePath, new PlainRequest(), LearnJson.Default.PlainRequest, LearnJson.Default.PhoneResult, cancellationToken);
            return Say(parsed, result, LearnJson.Default.PhoneResult, writer => WritePhone(result, writer), result.MailArrives == true);
        }));
        return command;
    }

    public static Command Hint()
    {
        var command = new Command("hint", "Show the next of three hints; each costs points.");
        command.SetAction((parsed, cancellationToken) => LearnOptions.WithSessionAsync(parsed, async client =>
        {
            var hint = await client.PostAsync(SessionApi.HintPath, new PlainRequest(), LearnJson.Default.PlainRequest, LearnJson.Default.HintResult, cancellationToken);
            return Say(parsed, hint, LearnJson.Default.HintResult, writer => writer.WriteLine(hint.Number == 0 ? hint.Text : string.Create(CultureInfo.InvariantCulture, $"Hint {hint.Number}: {hint.Text}")), hint.Number > 0);
        }));
        return command;
    }

    public static Command Answer()
    {
        var question = new Argument<string>("QUESTION") { Description = "Name of the question (see learn status)." };
        var value = new Argument<string>("VALUE") { Description = "Your answer." };
        var command = new Command("answer", "Answer a question of the lesson.") { question, value };
        command.SetAction((parsed, cancellationToken) => LearnOptions.WithSessionAsync(parsed, async client =>
        {
            var request = new AnswerRequest(parsed.GetValue(question)!, parsed.GetValue(value)!);
            var answer = await client.PostAsync(SessionApi.AnswerPath, request, LearnJson.Default.AnswerRequest, LearnJson.Default.AnswerResult, cancellationToken);
            return Say(parsed, answer, LearnJson.Default.AnswerResult, writer => writer.WriteLine((answer.IsRight ? "Correct." : "Incorrect.") + (answer.Left == 0 ? " All questions answered. Next: learn verify" : string.Empty)), answer.IsRight);
        }));
        return command;
    }

    public static Command Fix()
    {
        var changes = new Argument<string[]>("CHANGE") { Description = "One repair per argument, for example \"perimeter/ex03: install issuing\"; several are applied in order.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("fix", "Repair the running lab: any change of docs/changes.md that the customer could make.") { changes };
        command.SetAction((parsed, cancellationToken) => LearnOptions.WithSessionAsync(parsed, async client =>
        {
            var code = ExitCodes.Success;
            foreach (var change in parsed.GetValue(changes)!)
            {
                var result = await client.PostAsync(SessionApi.RepairPath, new RepairRequest(change), LearnJson.Default.RepairRequest, LearnJson.Default.RepairResult, cancellationToken);
                code = Math.Max(code, Say(parsed, result, LearnJson.Default.RepairResult, writer => writer.WriteLine($"{result.Change}: {result.Sentence}"), result.Effect == RepairEffect.Helped));
            }

            return code;
        }));
        return command;
    }

    public static Command Undo()
    {
        var command = new Command("undo", "Undo the last repair.");
        command.SetAction((parsed, cancellationToken) => LearnOptions.WithSessionAsync(parsed, async client =>
        {
            var done = await client.PostAsync(SessionApi.UndoPath, new PlainRequest(), LearnJson.Default.PlainRequest, LearnJson.Default.DoneAnswer, cancellationToken);
            return Say(parsed, done, LearnJson.Default.DoneAnswer, writer => writer.WriteLine("Undone: " + done.Done), isYes: true);
        }));
        return command;
    }

    public static Command Verify()
    {
        var command = new Command("verify", "Check whether everything in the lab works. Exit code 0 if it does, 1 if not.");
        command.SetAction((parsed, cancellationToken) => LearnOptions.WithSessionAsync(parsed, async client =>
        {
            var result = await client.PostAsync(SessionApi.VerifyPath, new PlainRequest(), LearnJson.Default.PlainRequest, LearnJson.Default.VerificationResult, cancellationToken);
            return Say(parsed, result, LearnJson.Default.VerificationResult, writer => WriteVerification(result, writer), result.IsSolved);
        }));
        return command;
    }

    public static Command Explain()
    {
        var giveUp = new Option<bool>("--give-up") { Description = "Show the solution without solving the lesson." };
        var withoutDiagnosis = new Option<bool>("--without-diagnosis") { Description = "Show the explanation of a solved lesson although the fault has not been diagnosed." };
        var command = new Command("explain", "Explain the fault, once the lesson is solved. Asks first if the fault has not been diagnosed.") { giveUp, withoutDiagnosis };
        command.SetAction((parsed, cancellationToken) => LearnOptions.WithSessionAsync(parsed, async client =>
        {
            var without = parsed.GetValue(withoutDiagnosis);
            if (!without && !parsed.GetValue(giveUp) && !parsed.GetValue(LearnOptions.Json) && !Console.IsInputRedirected)
            {
                var status = await client.GetAsync(SessionApi.StatusPath, LearnJson.Default.SessionStatus, cancellationToken);
                without = status is { State: LessonState.Solved, NeedsDiagnosis: true } && Confirms();
            }

            var request = new ExplanationRequest(parsed.GetValue(giveUp), without);
            var result = await client.PostAsync(SessionApi.ExplainPath, request, LearnJson.Default.ExplanationRequest, LearnJson.Default.ExplanationResult, cancellationToken);
            return Say(parsed, result, LearnJson.Default.ExplanationResult, writer => WriteExplanation(result, writer), isYes: true);
        }));
        return command;
    }

    private static bool Confirms()
    {
        Console.Error.Write("The fault has not been diagnosed yet, and after the explanation nothing counts. Show it anyway? [y/N] ");
        return Console.In.ReadLine()?.Trim().StartsWith("y", StringComparison.OrdinalIgnoreCase) == true;
    }

    public static Command Stop()
    {
        var command = new Command("stop", "End the running lesson; your progress is kept.");
        command.SetAction((parsed, cancellationToken) => LearnOptions.WithSessionAsync(parsed, async client =>
        {
            var done = await client.PostAsync(SessionApi.StopPath, new PlainRequest(), LearnJson.Default.PlainRequest, LearnJson.Default.DoneAnswer, cancellationToken);
            await WaitForEndAsync(LearnOptions.Store(parsed).Folder, cancellationToken);
            return Say(parsed, done, LearnJson.Default.DoneAnswer, static writer => writer.WriteLine("The lesson has stopped."), isYes: true);
        }));
        return command;
    }

    /// <summary>Prints a result, and returns the exit code.</summary>
    public static int Say<T>(ParseResult parsed, T result, JsonTypeInfo<T> type, Action<TextWriter> write, bool isYes)
    {
        if (parsed.GetValue(LearnOptions.Json))
        {
            Console.Out.WriteLine(ReadableJson.Text(result, type));
        }
        else
        {
            write(LearnOptions.People);
        }

        return isYes ? ExitCodes.Success : ExitCodes.NotAsExpected;
    }

    private static void WritePhone(PhoneResult result, TextWriter writer)
    {
        foreach (var sentence in result.Sentences)
        {
            writer.WriteLine(sentence);
        }

        writer.WriteLine(result.Log.Count == 0 ? "The customer's servers logged nothing for this attempt." : "Logged by the customer's servers:");
        foreach (var line in result.Log)
        {
            writer.WriteLine($"  {line.Source,-15} {line.Server,-12} {line.Method,-7} {line.Status} {line.Url}{(line.UserAgent is null ? string.Empty : $" \"{line.UserAgent}\"")}{(line.Diagnostics is null ? string.Empty : $" {line.Diagnostics}")}");
        }
    }

    private static void WriteVerification(VerificationResult result, TextWriter writer)
    {
        if (!result.IsSolved)
        {
            writer.WriteLine("Not yet:");
            foreach (var sentence in result.Missing)
            {
                writer.WriteLine("  " + sentence);
            }

            return;
        }

        writer.WriteLine("Everything works.");
        if (result.Score is { } score)
        {
            writer.WriteLine(score + ".");
        }

        if (result.Next is { } next)
        {
            writer.WriteLine(next);
        }
    }

    private static void WriteExplanation(ExplanationResult result, TextWriter writer)
    {
        foreach (var fault in result.Faults)
        {
            writer.WriteLine("The fault: " + fault);
        }

        writer.WriteLine();
        MarkdownText.Write(Pages.ForTerminal(result.Text, folder: null));
        writer.WriteLine();
        writer.WriteLine($"{(result.State == LessonState.GivenUp ? "Given up" : "Solved")}. {result.Score}.");
    }

    /// <summary>Waits until the process of the lesson has released the session; a script can then start the next one.</summary>
    private static async Task WaitForEndAsync(string folder, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (SessionFile.IsTaken(folder) && TimeProvider.System.GetElapsedTime(started) < StopPatience)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
        }
    }
}
