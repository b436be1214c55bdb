using System.CommandLine;
using System.Globalization;
using System.Text;
using SharpFuzz;

namespace AutoDetectSim.Fuzzing;

/// <summary>
/// <c>TARGET</c> alone takes inputs from libFuzzer; <c>TARGET FILE...</c> repeats inputs; <c>mutate</c> needs neither libFuzzer nor instrumentation.
/// </summary>
internal static class FuzzCommand
{
    private const int Fine = 0;
    private const int Faulty = 1;
    private const int Invalid = 2;

    public static RootCommand Create()
    {
        var target = Target();
        target.Arity = ArgumentArity.ZeroOrOne;
        var files = new Argument<FileInfo[]>("FILE") { Description = "Inputs to repeat. Without any, libFuzzer drives.", Arity = ArgumentArity.ZeroOrMore };
        var root = new RootCommand("Give damaged inputs to the parsers of AutoDetectSim.") { target, files };
        root.Subcommands.Add(List());
        root.Subcommands.Add(Words());
        root.Subcommands.Add(Seeds());
        root.Subcommands.Add(Mutate());
        root.SetAction(parsed =>
        {
            if (FuzzTargets.Find(parsed.GetValue(target)) is not { } known)
            {
                parsed.InvocationConfiguration.Error.WriteLine("Name a TARGET, or a command: list, words, seeds, mutate.");
                return Invalid;
            }

            return parsed.GetValue(files) is { Length: > 0 } inputs ? Repeat(known, inputs) : Drive(known);
        });
        return root;
    }

    private static Argument<string> Target()
    {
        var target = new Argument<string>("TARGET") { Description = "Name of a target; `list` shows them." };
        target.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && FuzzTargets.Find(result.GetValueOrDefault<string>()) is null)
            {
                result.AddError($"There is no target '{result.GetValueOrDefault<string>()}'. Choose from: {string.Join(", ", FuzzTargets.All.Select(known => known.Name))}.");
            }
        });
        return target;
    }

    private static FuzzTarget Find(ParseResult parsed, Argument<string> target) => FuzzTargets.Find(parsed.GetValue(target)!)!;

    private static Command List()
    {
        var command = new Command("list", "List the targets.");
        command.SetAction(parsed =>
        {
            foreach (var target in FuzzTargets.All)
            {
                parsed.InvocationConfiguration.Output.WriteLine($"{target.Name,-16}{target.Reads}");
            }
        });
        return command;
    }

    private static Command Words()
    {
        var target = Target();
        var command = new Command("words", "Write the dictionary of a target in libFuzzer's form.") { target };
        command.SetAction(parsed =>
        {
            foreach (var word in Find(parsed, target).Words)
            {
                parsed.InvocationConfiguration.Output.WriteLine($"\"{string.Concat(Encoding.UTF8.GetBytes(word).Select(one => one is >= 0x20 and < 0x7F and not (byte)'"' and not (byte)'\\' ? ((char)one).ToString() : $"\\x{one:X2}"))}\"");
            }
        });
        return command;
    }

    private static Command Seeds()
    {
        var target = Target();
        var folder = new Argument<DirectoryInfo>("FOLDER") { Description = "Folder to copy the inputs to." };
        var command = new Command("seeds", "Copy the corpus and the samples of a target.") { target, folder };
        command.SetAction(parsed =>
        {
            var to = parsed.GetValue(folder)!;
            to.Create();
            foreach (var (file, index) in SeedFiles.Of(Find(parsed, target)).Select((file, index) => (file, index)))
            {
                File.Copy(file, Path.Combine(to.FullName, string.Create(CultureInfo.InvariantCulture, $"seed-{index:000}-{Path.GetFileName(file)}")), overwrite: true);
            }
        });
        return command;
    }

    private static Command Mutate()
    {
        var target = Target();
        var first = new Option<int>("--from") { Description = "Number of the first input. Default: 0." };
        var count = new Option<int?>("--count") { Description = "How many inputs. Default: 10,000." };
        var workers = new Option<int?>("--workers") { Description = "How many threads. Default: 1." };
        var save = new Option<DirectoryInfo?>("--save") { Description = "Folder for inputs that are faults." };
        var command = new Command("mutate", "Change samples at random, by number, and report the faults.") { target, first, count, workers, save };
        command.Validators.Add(result =>
        {
            if (result.GetValue(first) < 0 || result.GetValue(count) is < 1 || result.GetValue(workers) is < 1 or > 64)
            {
                result.AddError("--from must be 0 or more, --count 1 or more, --workers 1 to 64.");
            }
        });
        command.SetAction(parsed =>
        {
            var known = Find(parsed, target);
            var (output, time) = (parsed.InvocationConfiguration.Output, TimeProvider.System);
            var started = time.GetTimestamp();
            var inputs = parsed.GetValue(count) ?? 10_000;
            var run = new MutationRun(known, time) { Workers = parsed.GetValue(workers) ?? 1 };
            var faults = run.Run(parsed.GetValue(first), inputs);
            foreach (var fault in faults)
            {
                output.WriteLine(fault);
                if (parsed.GetValue(save) is { } folder)
                {
                    folder.Create();
                    File.WriteAllBytes(Path.Combine(folder.FullName, string.Create(CultureInfo.InvariantCulture, $"{known.Name}-{fault.Number}")), fault.Input);
                }
            }

            var seconds = time.GetElapsedTime(started).TotalSeconds;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{known.Name}: {run.Given} inputs from {parsed.GetValue(first)}, {faults.Count} faults, {seconds:0.0} s, {run.Given / seconds:0} per second"));
            return faults.Count == 0 ? Fine : Faulty;
        });
        return command;
    }

    private static int Drive(FuzzTarget target)
    {
        Fuzzer.LibFuzzer.Run(new ReadOnlySpanAction(target.Read));
        return Fine;
    }

    private static int Repeat(FuzzTarget target, FileInfo[] inputs)
    {
        var result = Fine;
        foreach (var input in inputs)
        {
            if (!input.Exists)
            {
                Console.Error.WriteLine($"{input}: there is no such file.");
                return Invalid;
            }

            if (MutationRun.Try(target, File.ReadAllBytes(input.FullName)) is { } words)
            {
                Console.Error.WriteLine($"{input}: {words}");
                result = Faulty;
            }
        }

        return result;
    }
}
