namespace AutoDetectSim.Cli.Tests.Edges;

/// <summary>
/// Disks that are full, folders that cannot be written, few open files, no environment: each is one sentence and exit code 2 or 3, and nothing
/// that was there before is lost.
/// </summary>
[Trait("Needs", "tools")]
public sealed class FaultInjectionTests : IDisposable
{
    /// <summary>A small disk of its own that only the script sees; it needs root, or a kernel that lets users be root of their own files.</summary>
    private const string Disk = """
        isolated() { if [ "$(id -u)" = 0 ]; then unshare -m "$@"; else unshare -rm "$@"; fi; }
        if [ -z "$ISOLATED" ]; then
          mkdir disk
          isolated mount -t tmpfs -o size=128k none disk 2> /dev/null || { echo "no disk"; exit; }
          ISOLATED=1 isolated bash "$0"; exit
        fi
        mount -t tmpfs -o size=128k none disk
        try() { timeout 60 dotnet "$CLI" "$@" > out 2>> log < /dev/null; echo $?; }
        everything() { # everything REPORT: every command that writes, eleven of them
          TMPDIR=$PWD/disk try run healthy
          TMPDIR=$PWD/disk try regress -p healthy -- true
          try run healthy --ready-file disk/ready.json
          try run healthy --root-file disk/root.pem
          try run healthy --standard-ports 127.99.0.0/24 --hosts-file disk/hosts
          try capture autodiscover.contoso.com --scenario healthy -o disk/captured.yaml
          try check autodiscover.contoso.com --scenario healthy --report "$1"
          try detect your@contoso.com --scenario healthy --report disk/report.html
          try test healthy --junit disk/results.xml
          try regress -p healthy --badge disk/badge.svg -- true
          try learn start one-in-twenty --data disk/data; }

        """;

    private readonly EdgeFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_full_disk_is_one_sentence_wherever_it_is_met_and_destroys_nothing()
    {
        var result = await OnDiskAsync("""
            timeout 60 dotnet "$CLI" check autodiscover.contoso.com --scenario healthy --report disk/old.md > /dev/null
            cp disk/old.md old.md; echo thesis > disk/thesis
            head -c 1000000 /dev/zero > disk/rest 2> /dev/null
            everything disk/old.md
            try detect your@contoso.com --scenario healthy --attempts 5 --key-log disk/keys
            cmp disk/old.md old.md && cat disk/thesis; ls disk
            """);

        Assert.Equal(string.Concat(Enumerable.Repeat("2\n", 11)) + "0\nthesis\ndata\nkeys\nold.md\nrest\nthesis\n", result.Output);
        AssertSentences(12, await LogAsync(), "No space left on device", "the disk is full");
    }

    [Fact]
    public async Task A_read_only_folder_is_one_sentence_wherever_it_is_met()
    {
        var result = await OnDiskAsync("""
            echo '127.0.0.1 localhost' > disk/hosts
            mount -o remount,ro disk
            everything disk/report.md
            try detect your@contoso.com --scenario healthy --key-log disk/keys
            cat disk/hosts; ls disk
            """);

        Assert.Equal(string.Concat(Enumerable.Repeat("2\n", 11)) + "3\n127.0.0.1 localhost\nhosts\n", result.Output);
        AssertSentences(12, await LogAsync(), "Read-only file system", "the file system is read-only");
    }

    [Fact]
    public async Task A_folder_that_belongs_to_another_user_is_one_sentence()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has other permissions.");
        var result = await _folder.BashAsync("""
            mkdir mine; echo thesis > mine/thesis; chmod 555 mine; chmod 755 .
            nobody() { if [ "$(id -u)" = 0 ]; then setpriv --reuid=65534 --regid=65534 --clear-groups env HOME=/tmp "$@"; else "$@"; fi; }
            nobody dotnet "$CLI" --version > /dev/null 2>&1 || { echo "no other user"; exit; }
            try() { nobody timeout 60 dotnet "$CLI" "$@" > /dev/null 2>> log < /dev/null; echo $?; }
            try capture autodiscover.contoso.com --scenario healthy -o mine/captured.yaml
            try check autodiscover.contoso.com --scenario healthy --report mine/report.md
            try learn start one-in-twenty --data mine/data
            try run healthy --ready-file mine/ready.json
            chmod 755 mine; cat mine/thesis; ls mine
            """);

        Assert.SkipWhen(result.Output == "no other user\n", "Another user cannot run the program from here.");
        Assert.Equal("2\n2\n2\n2\nthesis\nthesis\n", result.Output);
        AssertSentences(4, await LogAsync(), "does not allow it", "your progress cannot be saved here");
    }

    [Theory]
    [InlineData(40, "schema", "The limit of open files is 40, which is too low: a lab needs about 1024 (ulimit -n 1024).")]
    [InlineData(250, "detect your@contoso.com --scenario one-in-twenty", "The limit of open files is 250, which is too low: a lab needs about 1024 (ulimit -n 1024).")]
    [InlineData(300, "run healthy", "The limit of open files is 300, which is too low: a lab needs about 1024 (ulimit -n 1024).")]
    [InlineData(300, "test healthy", "The limit of open files is 300, which is too low: a lab needs about 1024 (ulimit -n 1024).")]
    [InlineData(500, "detect your@contoso.com --scenario one-in-twenty --attempts 400 --concurrency 256", "The limit of open files is 500, which is too low for 256 at once: they need about 2440 (ulimit -n 2440).")]
    public async Task Few_open_files_say_how_many_are_needed(int limit, string command, string sentence)
    {
        var result = await _folder.BashAsync($"ulimit -n {limit}; timeout 60 dotnet \"$CLI\" {command}; echo $?");

        Assert.Equal("3\n", result.Output);
        Assert.Equal(sentence, result.Error.ReplaceLineEndings(" ").Trim());
    }

    [Fact]
    public async Task With_as_many_open_files_as_it_asks_for_every_detection_counts()
    {
        var result = await _folder.BashAsync("""
            count() { timeout 200 dotnet "$CLI" detect your@contoso.com --scenario one-in-twenty --attempts 400 --json "$@" | grep -o '"successes":20,' | head -1; }
            (ulimit -n 400; count)
            (ulimit -n 904; count --concurrency 64)
            """);

        Assert.Equal("\"successes\":20,\n\"successes\":20,\n", result.Output);
    }

    [Fact]
    public async Task Without_the_usual_environment_a_lab_runs_all_the_same()
    {
        var result = await _folder.BashAsync("""
            count() { timeout 60 "$@" dotnet "$CLI" detect your@contoso.com --scenario healthy --json | grep -o '"successes":1,' | head -1; }
            count env -u TMPDIR
            count env TMPDIR=
            count env -u HOME -u TMPDIR -u XDG_DATA_HOME
            count env HOME=/none LANG=xx_YY.nonsense TZ=Nowhere/Land
            """);

        Assert.Equal(string.Concat(Enumerable.Repeat("\"successes\":1,\n", 4)), result.Output);
    }

    private async Task<ToolResult> OnDiskAsync(string script)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "A disk of its own is made with unshare and tmpfs of Linux.");
        var file = Path.Combine(_folder.Path, "script");
        await File.WriteAllTextAsync(file, Disk + script, TestContext.Current.CancellationToken);
        var result = await _folder.BashAsync("bash ./script");
        Assert.SkipWhen(result.Output == "no disk\n", "Mounting a tmpfs needs root, or user namespaces.");
        return result;
    }

    private async Task<string> LogAsync() => await File.ReadAllTextAsync(Path.Combine(_folder.Path, "log"), TestContext.Current.CancellationToken);

    /// <summary>One line for each, each with one of the reasons, none of it a stack trace.</summary>
    private static void AssertSentences(int count, string log, params string[] reasons)
    {
        var lines = log.TrimEnd().Split('\n');
        Assert.Equal(count, lines.Length);
        Assert.All(lines, line => Assert.Contains(reasons, reason => line.Contains(reason, StringComparison.Ordinal)));
        Assert.All(lines, line => Assert.EndsWith(".", line, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", log, StringComparison.Ordinal);
    }
}
