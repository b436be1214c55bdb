using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
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
        var command = new Command("status", "Shows the lesson that runs: the customer's words, what stands where, what was done so far.");
        command.SetAction((parsed, cancellationToken) => LearnOptions.WithSessionAsync(parsed, async client =>
        {
            var status = await client.GetAsync(SessionApi.StatusPath, LearnJson.Default.SessionStatus, cancellationToken);
            return Say(parsed, status, LearnJson.Default.SessionStatus, writer => SessionBanner.Write(status, writer), isYes: true);
        }));
        return command;
    }

    public static Command Phone()
    {
        var command = new Command("phone", "Adds the account on a phone once more: what the phone shows, whether mail comes, and what the customer's servers have in their logs of it. Exit code 0 if mail comes.");
        command.SetAction((parsed, cancellationToken) => LearnOptions.WithSessionAsync(parsed, async client =>
        {
            var result = await client.PostAsync(SessionApi.PhonePath, new PlainRequest(), LearnJson.Default.PlainRequest, LearnJson.Default.PhoneResult, cancellationToken);
            return Say(parsed, result, LearnJson.Default.PhoneResult, writer => WritePhone(result, writer), result.MailArrives == true);
        }));
        return command;
    }

    public static Command Hint()
    {
        var command = new Command("hint", "Shows the next of three hints; each costs points.");
        command.SetAction((parsed, cancellationToken) => LearnOptions.WithSessionAsync(parsed, async client =>
        {
            var hint = await client.PostAsync(SessionApi.HintPath, new PlainRequest(), LearnJson.Default.PlainRequest, LearnJson.Default.HintResult, cancellationToken);
            return Say(parsed, hint, LearnJson.Default.HintResult, writer => writer.WriteLine(hint.Number == 0 ? hint.Text : string.Create(CultureInfo.InvariantCulture, $"Hint {hint.Number}: {hint.Text}")), hint.Number > 0);
        }));
        return command;
    }

    public static Command Answer()
    {
        var question = new Argument<string>("QUESTION") { Description = "The name of the question (learn status)." };
        var value = new Argument<string>("VALUE") { Description = "Your answer." };
        var command = new Command("answer", "Answers a question of the lesson.") { question, value };
        command.SetAction((parsed, cancellationToken) => LearnOptions.WithSessionAsync(parsed, async client =>
        {
            var request = new AnswerRequest(parsed.GetValue(question)!, parsed.GetValue(value)!);
            var answer = await client.PostAsync(SessionApi.AnswerPath, request, LearnJson.Default.AnswerRequest, LearnJson.Default.AnswerResult, cancellationToken);
            return Say(parsed, answer, LearnJson.Default.AnswerResult, writer => writer.WriteLine((answer.IsRight ? "Right." : "Not so.") + (answer.Left == 0 ? " Every question is answered: learn verify." : string.Empty)), answer.IsRight);
        }));
        return command;
    }

    public static Command Fix()
    {
        var changes = new Argument<string[]>("CHANGE") { Description = "What is repaired, in a line, for example \"perimeter/ex03: install issuing\"; several are made one after the other.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("fix", "Repairs something in the lab that runs. All changes that docs/changes.md describes, as far as they are in the customer's hands.") { changes };
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
        var command = new Command("undo", "Takes back the last repair.");
        command.SetAction((parsed, cancellationToken) => LearnOptions.WithSessionAsync(parsed, async client =>
        {
            var done = await client.PostAsync(SessionApi.UndoPath, new PlainRequest(), LearnJson.Default.PlainRequest, LearnJson.Default.DoneAnswer, cancellationToken);
            return Say(parsed, done, LearnJson.Default.DoneAnswer, writer => writer.WriteLine("Taken back: " + done.Done), isYes: true);
        }));
        return command;
    }

    public static Command Verify()
    {
        var command = new Command("verify", "Looks at the lab and says whether all is as it should be. Exit code 0 if it is, 1 if not.");
        command.SetAction((parsed, cancellationToken) => LearnOptions.WithSessionAsync(parsed, async client =>
        {
            var result = await client.PostAsync(SessionApi.VerifyPath, new PlainRequest(), LearnJson.Default.PlainRequest, LearnJson.Default.VerificationResult, cancellationToken);
            return Say(parsed, result, LearnJson.Default.VerificationResult, writer => WriteVerification(result, writer), result.IsSolved);
        }));
        return command;
    }

    public static Command Explain()
    {
        var giveUp = new Option<bool>("--give-up") { Description = "Be told although the lesson is not solved." };
        var command = new Command("explain", "Tells why it was so, once the lesson is solved.") { giveUp };
        command.SetAction((parsed, cancellationToken) => LearnOptions.WithSessionAsync(parsed, async client =>
        {
            var result = await client.PostAsync(SessionApi.ExplainPath, new ExplanationRequest(parsed.GetValue(giveUp)), LearnJson.Default.ExplanationRequest, LearnJson.Default.ExplanationResult, cancellationToken);
            return Say(parsed, result, LearnJson.Default.ExplanationResult, writer => WriteExplanation(result, writer), isYes: true);
        }));
        return command;
    }

    public static Command Stop()
    {
        var command = new Command("stop", "Ends the lesson that runs; its progress is kept.");
        command.SetAction((parsed, cancellationToken) => LearnOptions.WithSessionAsync(parsed, async client =>
        {
            var done = await client.PostAsync(SessionApi.StopPath, new PlainRequest(), LearnJson.Default.PlainRequest, LearnJson.Default.DoneAnswer, cancellationToken);
            await WaitForEndAsync(LearnOptions.Store(parsed).Folder, cancellationToken);
            return Say(parsed, done, LearnJson.Default.DoneAnswer, static writer => writer.WriteLine("The lesson has stopped."), isYes: true);
        }));
        return command;
    }

    /// <summary>Prints a result, and says what the exit code is.</summary>
    public static int Say<T>(ParseResult parsed, T result, JsonTypeInfo<T> type, Action<TextWriter> write, bool isYes)
    {
        if (parsed.GetValue(LearnOptions.Json))
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(result, type));
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

        writer.WriteLine(result.Log.Count == 0 ? "The customer's servers have nothing of it in their logs." : "In the logs of the customer's servers:");
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

        writer.WriteLine("All is as it should be.");
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
            writer.WriteLine("It was: " + fault);
        }

        writer.WriteLine();
        writer.WriteLine(result.Text.TrimEnd('\n'));
        writer.WriteLine();
        writer.WriteLine($"{(result.State == LessonState.GivenUp ? "Given up" : "Solved")}. {result.Score}.");
    }

    /// <summary>Waits until the process of the lesson has let go, so that a script can start the next one.</summary>
    private static async Task WaitForEndAsync(string folder, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (SessionFile.IsTaken(folder) && TimeProvider.System.GetElapsedTime(started) < StopPatience)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
        }
    }
}
