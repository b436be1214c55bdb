using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace AutoDetectSim.Testing.Tests.Packages;

/// <summary>
/// Does what a guide says, in its order, from the folder of the checkout, and holds what programs print against what the guide shows.
/// A command without output has to succeed; <c>&gt;</c>, <c>&lt;/dev/null</c>, variables and the <c>eval</c> of <c>env</c> are all that it knows of shells. Labs that <c>run</c> starts run until the guide is over, on a port that is free.
/// </summary>
internal sealed partial class GuideReader : IDisposable
{
    /// <summary>The gateway's port in guides.</summary>
    private const string GuidePort = "8080";

    /// <summary>The last line that <c>run</c> prints once everything listens.</summary>
    private const string LabListens = "Ctrl-C stops the lab.";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly PackedProduct _product;
    private readonly string _port = FreePort();
    private readonly List<Process> _labs = [];
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);
    private string _folder;

    private GuideReader(PackedProduct product)
    {
        _product = product;
        _folder = product.Checkout;
    }

    /// <summary>Follows a guide, given by its path below docs.</summary>
    public static async Task FollowAsync(PackedProduct product, string guide)
    {
        using var reader = new GuideReader(product);
        foreach (var block in GuideBlock.Read(Path.Combine(Tool.RepositoryRoot, "docs", guide)))
        {
            if (block.FileName is not null)
            {
                await File.WriteAllLinesAsync(Path.Combine(reader._folder, block.FileName), block.Lines);
                continue;
            }

            foreach (var (command, output) in block.Commands())
            {
                await reader.DoAsync(command, output);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var lab in _labs)
        {
            lab.Kill(entireProcessTree: true);
            lab.WaitForExit();
            lab.Dispose();
        }
    }

    private async Task DoAsync(string command, IReadOnlyList<string> output)
    {
        var words = Word().Matches(command).Select(match => Filled(match.Value).Trim('\'', '"').Replace(GuidePort, _port, StringComparison.Ordinal)).ToList();
        switch (words)
        {
            case ["dotnet", "pack", ..]:
                // Done before, from what has been built.
                return;
            case ["mkdir", var folder]:
                Directory.CreateDirectory(Path.Combine(_folder, folder));
                return;
            case ["cd", var folder]:
                _folder = Path.GetFullPath(Path.Combine(_folder, folder));
                return;
            case ["eval", "$(autodetectsim env)"]:
                await UseLabAsync();
                return;
            case ["autodetectsim", "run", ..]:
                GuideOutput.AssertIs(output, await StartLabAsync(words[1..]), command);
                return;
        }

        // Input is at its end anyway.
        words.Remove("</dev/null");
        var file = words.FindIndex(word => word.StartsWith('>'));
        var result = await _product.RunAsync(_folder, words[0], file < 0 ? words[1..] : words[1..file], _variables);
        if (output.Count == 0)
        {
            Assert.True(result.ExitCode == 0, $"`{command}` fails: {result}");
        }

        if (file >= 0)
        {
            await File.WriteAllTextAsync(Path.Combine(_folder, words[^1].TrimStart('>')), result.Output);
            return;
        }

        // A terminal shows what programs remark on the way before what they come to.
        GuideOutput.AssertIs(output, result.Error + "\n" + result.Output, command);
    }

    /// <summary>Sets the variables that <c>env</c> prints for sh.</summary>
    private async Task UseLabAsync()
    {
        var result = await _product.RunAsync(_folder, "autodetectsim", ["env", "--shell", "bash"], _variables);
        Assert.True(result.ExitCode == 0, result.ToString());
        foreach (Match export in Export().Matches(result.Output))
        {
            _variables[export.Groups["name"].Value] = export.Groups["value"].Value;
        }
    }

    /// <summary>A word with its variables filled in, as sh does outside of single quotes.</summary>
    private string Filled(string word) =>
        word.StartsWith('\'') ? word : Variable().Replace(word, match => _variables.GetValueOrDefault(match.Groups["name"].Value) ?? match.Value);

    private async Task<string> StartLabAsync(IReadOnlyList<string> arguments)
    {
        var lab = Tool.Start(_product.ProgramOf("autodetectsim"), arguments, _product.Environment, _folder);
        _labs.Add(lab);
        var printed = new StringBuilder();
        using var end = new CancellationTokenSource(Patience);
        while (await lab.StandardOutput.ReadLineAsync(end.Token) is { } line)
        {
            printed.Append(line).Append('\n');
            if (line == LabListens)
            {
                return printed.ToString();
            }
        }

        throw new InvalidOperationException($"The lab does not run:\n{printed}{await lab.StandardError.ReadToEndAsync(end.Token)}");
    }

    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("^export (?<name>[A-Za-z_]+)='(?<value>[^']*)'", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Export();

    [GeneratedRegex("\\$(?<name>[A-Z_]+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variable();

    [GeneratedRegex("'[^']*'|\"[^\"]*\"|[^ ]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Word();
}
