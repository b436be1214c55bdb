using System.Globalization;
using System.Text;

namespace AutoDetectSim.FunctionalTests.BeingTheHost;

/// <summary>The examples of docs/being-the-host.md, run as they stand there by the programs that they are about.</summary>
[Trait("Needs", "tools")]
public sealed class HostPageTests(HostPageComputer computer) : IClassFixture<HostPageComputer>
{
    /// <summary>testssl.sh makes dozens of connections for one answer.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    public static TheoryData<string> Sections => [.. HostPage.Sections];

    [Theory]
    [MemberData(nameof(Sections))]
    public async Task Every_example_prints_what_the_page_says(string section)
    {
        var blocks = HostPage.Blocks.Where(block => block.Section == section).ToList();
        foreach (var block in blocks.Where(block => block.IsRun && !block.NeedsRealPorts))
        {
            await RunAsync(block.Language == "powershell" ? PowerShellScript(block.Examples) : ShellScript(block.Examples), block.Examples);
        }

        var examples = blocks.Where(block => block.IsRun && block.NeedsRealPorts).SelectMany(block => block.Examples).ToList();
        if (examples.Count > 0)
        {
            await RunAsync(RealPortsScript(examples), examples);
        }
    }

    [Theory]
    [InlineData("curl")]
    [InlineData("PowerShell")]
    [InlineData("Node.js")]
    [InlineData("Python")]
    [InlineData(".NET HttpClient")]
    [InlineData("Java")]
    [InlineData("Go")]
    [InlineData("openssl")]
    [InlineData("A browser")]
    [InlineData("testssl.sh")]
    public void Every_tool_has_an_example_that_leads_it_here_and_one_that_makes_a_world_of_its_own(string tool)
    {
        var commands = HostPage.Blocks.Where(block => block.Section == tool && block.IsRun).SelectMany(block => block.Examples).Select(example => example.Command).ToList();
        Assert.Contains(commands, command => command.Contains("GATEWAY", StringComparison.Ordinal) || command.Contains("CUSTOMER", StringComparison.Ordinal));
        Assert.Contains(commands, command => command.StartsWith("as-the-host.sh ", StringComparison.Ordinal));
    }

    private static string ShellScript(IEnumerable<HostPageExample> examples) =>
        string.Concat(examples.Select(example => $"echo '{HostPageComputer.Separator}'\n{example.Command}\n"));

    private static string PowerShellScript(IEnumerable<HostPageExample> examples) =>
        "cat > example.ps1 <<'END'\n"
        + "$ErrorActionPreference = 'Stop'; $ProgressPreference = 'SilentlyContinue'\n"
        + string.Concat(examples.Select(example => $"'{HostPageComputer.Separator}'\n{example.Command}\n"))
        + "END\npwsh -NoLogo -NoProfile -NonInteractive -File example.ps1\n";

    /// <summary>The examples on a computer that they may change: a network, and a copy of /etc, that nobody else sees. A lab that is started goes on in the background.</summary>
    private static string RealPortsScript(IReadOnlyList<HostPageExample> examples)
    {
        var script = new StringBuilder("""
            ip link set lo up
            mkdir etc
            mount -t tmpfs none etc
            cp -a /etc/. etc 2> /dev/null
            rm -f etc/resolv.conf etc/nsswitch.conf
            echo 'hosts: files dns' > etc/nsswitch.conf
            echo '127.0.0.1 localhost' > etc/hosts
            mount --bind etc /etc
            export READY=$PWD/ready.json

            """);
        foreach (var example in examples)
        {
            script.Append(CultureInfo.InvariantCulture, $"echo '{HostPageComputer.Separator}'\n");
            if (example.Command.StartsWith("autodetectsim run ", StringComparison.Ordinal))
            {
                script.Append(CultureInfo.InvariantCulture, $$"""
                    if [ -n "${lab:-}" ]; then kill $lab; wait $lab; fi
                    {{example.Command}} --ready-file "$READY" > log 2>&1 &
                    lab=$!
                    until [ -e "$READY" ]; do kill -0 $lab || { cat log; exit 1; }; sleep 0.1; done
                    eval "$(autodetectsim env --shell bash --lab "$READY" --addresses)"

                    """);
            }
            else
            {
                script.Append(example.Command).Append('\n');
            }
        }

        return $"unshare --map-root-user --net --mount --pid --fork --kill-child sh <<'NAMESPACE'\n{script}kill $lab\nwait $lab\nNAMESPACE\n";
    }

    private async Task RunAsync(string script, IReadOnlyList<HostPageExample> examples)
    {
        var result = await computer.RunAsync(script, Limit);
        var printed = result.Output.Split(HostPageComputer.Separator + "\n");
        Assert.True(printed.Length == examples.Count + 1, $"Not every example was run.\n{result}");
        foreach (var (example, text) in examples.Zip(printed.Skip(1)))
        {
            Assert.True(example.Fits(text), $"{example.Command}\nThe page says:\n{string.Join('\n', example.Output)}\nIt printed:\n{text}");
        }
    }
}
