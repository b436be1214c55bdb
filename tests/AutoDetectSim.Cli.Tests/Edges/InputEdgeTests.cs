namespace AutoDetectSim.Cli.Tests.Edges;

/// <summary>Inputs that never end, lead in circles, or are not there.</summary>
[Trait("Needs", "tools")]
public sealed class InputEdgeTests : IDisposable
{
    private readonly EdgeFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Pipes_and_devices_with_a_name_are_refused_by_every_command()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such files.");
        var result = await _folder.BashAsync("""
            mkfifo pipe; mkdir folder; mkfifo folder/pipe.yaml; echo '-----BEGIN CERTIFICATE-----' > chain.pem
            refused() { timeout -s KILL 30 dotnet "$CLI" "$@" < /dev/null >&2; echo $?; }
            refused lint pipe
            refused lint folder
            refused run /dev/zero
            refused verify --chain pipe
            refused verify --chain /dev/zero
            refused verify --chain chain.pem --roots /dev/zero
            refused verify --batch /dev/zero
            refused env --lab pipe
            refused explain --file pipe
            refused explain --file /dev/zero
            refused detect your@contoso.com --url https://localhost:9 --ca /dev/zero
            refused capture autodiscover.contoso.com --from /dev/zero -o captured.yaml
            """);

        Assert.Equal(string.Concat(Enumerable.Repeat("2\n", 12)), result.Output);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        Assert.Contains("/dev/zero: this is a device or a pipe, not a file.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_shell_passes_as_a_file_is_read()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The shells of Windows have no such files.");
        var result = await _folder.BashAsync("""
            echo 'title: mine' > mine.yaml; echo UNABLE_TO_VERIFY_LEAF_SIGNATURE > code
            read_by() { timeout -s KILL 30 dotnet "$CLI" "$@" > /dev/null; echo $?; }
            read_by lint /dev/stdin < mine.yaml
            read_by detect your@contoso.com --scenario <(cat mine.yaml)
            read_by explain --file <(cat code)
            cat code | read_by explain --file /dev/stdin
            cat code | read_by explain
            read_by explain --file /dev/stdin < code
            read_by verify --batch - < /dev/null
            mkfifo pipe; cat /dev/null > pipe & read_by verify --batch pipe
            """);

        Assert.Equal(string.Concat(Enumerable.Repeat("0\n", 8)), result.Output);
    }

    [Fact]
    public async Task Without_standard_input_nothing_is_waited_for()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux shows what standard input is.");
        var result = await _folder.BashAsync("""
            without() { timeout -s KILL 30 dotnet "$CLI" "$@" <&- >&2; echo $?; }
            without explain
            without verify --batch -
            without lint /dev/stdin
            """);

        Assert.Equal("2\n2\n2\n", result.Output);
        Assert.Equal(3, result.Error.Split("tandard input is closed: nothing was given.").Length - 1);
    }

    [Fact]
    public async Task A_file_of_roots_has_a_limit()
    {
        var result = await _folder.BashAsync("""
            echo '-----BEGIN CERTIFICATE-----' > chain.pem; truncate -s 70M roots.pem
            timeout 60 dotnet "$CLI" verify --chain chain.pem --roots roots.pem; echo $?
            """);

        Assert.Equal("2\n", result.Output);
        Assert.Contains("roots.pem: the file has more than 64 MB.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Binary_nonsense_as_a_chain_is_named()
    {
        var result = await _folder.BashAsync("""
            printf '\x30\x80%.0s' $(seq 200000) > nested.der
            timeout 60 dotnet "$CLI" verify --chain nested.der; echo $?
            """);

        Assert.Equal("2\n", result.Output);
        Assert.StartsWith("nested.der: is binary, but not DER, PKCS#7 or PFX.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_without_a_lesson_is_not_a_folder_of_solved_ones()
    {
        var result = await _folder.BashAsync("""
            mkdir empty; timeout 60 dotnet "$CLI" learn list empty --data data; echo $?
            """);

        Assert.Equal("2\n", result.Output);
        Assert.Contains("empty: no lessons were found.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_file_may_be_a_link_within_the_folder_and_not_out_of_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a right on Windows.");
        var result = await _folder.BashAsync("""
            openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=mail.contoso.com -addext subjectAltName=DNS:mail.contoso.com -days 90 -keyout mine.key -out mine.pem 2> /dev/null
            cat mine.key >> mine.pem; mkdir -p world/pem link; cp mine.pem world/pem/real.pem
            ln -s ../mine.pem world/out.pem; ln -s pem/real.pem world/in.pem; ln -s ../.. world/pem/up
            for file in in.pem out.pem pem/up/mine.pem; do
              echo "certificates: { m: { file: $file } }" > world/w.yaml
              timeout 60 dotnet "$CLI" lint world/w.yaml; echo $?
            done
            """);

        var lines = result.Output.TrimEnd().Split('\n');
        Assert.DoesNotContain(lines.TakeWhile(line => line is not ("0" or "2")), line => line.Contains("below the folder", StringComparison.Ordinal));
        Assert.Equal(2, lines.Count(line => line.Contains("the file must be below the folder of the scenario", StringComparison.Ordinal)));
    }
}
