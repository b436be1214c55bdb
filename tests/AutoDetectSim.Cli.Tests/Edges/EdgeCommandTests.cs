namespace AutoDetectSim.Cli.Tests.Edges;

/// <summary>The command as a process, where files, disks, signals and limits are not as they should be.</summary>
[Trait("Needs", "tools")]
public sealed class EdgeCommandTests : IDisposable
{
    /// <summary>Starts a lab, and waits until it is ready.</summary>
    private const string Start = """
        lab() { dotnet "$CLI" run healthy --ready-file ready.json "$@" > log 2>&1 & pid=$!; until test -s ready.json; do kill -0 $pid || return 1; read -t 0.05 <> <(:) || :; done; until grep -q Ctrl-C log; do read -t 0.05 <> <(:) || :; done; }

        """;

    private readonly EdgeFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_refuses_files_that_are_not_its_own_and_leaves_every_one_as_it_was()
    {
        var result = await BashAsync("""
            for option in --ready-file --root-file --key-log; do
              echo thesis > mine
              timeout 60 dotnet "$CLI" run healthy $option mine; echo "$? $(cat mine)"
            done
            ls
            """);

        Assert.Equal("2 thesis\n2 thesis\n3 thesis\nmine\n", result.Output);
        Assert.Contains("mine: this file exists and is not a ready file of AutoDetectSim", result.Error, StringComparison.Ordinal);
        Assert.Contains("mine: this file exists and is not a root file of AutoDetectSim", result.Error, StringComparison.Ordinal);
        Assert.Contains("mine: this file exists and is not a TLS key log", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HUP")]
    [InlineData("TERM")]
    [InlineData("QUIT")]
    public async Task Every_signal_that_ends_a_lab_removes_its_files_and_nothing_else(string signal)
    {
        var result = await BashAsync(Start + $$"""
            echo '127.0.0.1 mine' > hosts
            lab_of() { exec env --default-signal=QUIT,HUP dotnet "$CLI" run healthy --ready-file ready.json --root-file root.pem --standard-ports 127.87.0.0/24 --hosts-file hosts; }
            lab_of > log 2>&1 & pid=$!
            until grep -q Ctrl-C log; do kill -0 $pid || break; read -t 0.05 <> <(:) || :; done
            stat -c '%a' ready.json; grep -c AutoDetectSim hosts > /dev/null && echo added
            kill -{{signal}} $pid; wait $pid; echo $?
            rm log; ls; cat hosts
            """);

        Assert.Equal("600\nadded\n0\nhosts\n127.0.0.1 mine\n", result.Output);
    }

    [Fact]
    public async Task What_kill_9_leaves_is_recognized_and_removed_by_the_next_start()
    {
        var result = await BashAsync(Start + """
            mkdir temporary; export TMPDIR=$PWD/temporary
            lab --root-file root.pem; kill -9 $pid; wait $pid 2> /dev/null
            ls; ls temporary | wc -l
            rm -f log; mv ready.json left.json; cp left.json ready.json
            dotnet "$CLI" run healthy --ready-file ready.json --root-file root.pem > log 2>&1 & pid=$!
            until grep -q Ctrl-C log; do kill -0 $pid || break; read -t 0.05 <> <(:) || :; done
            ls temporary | wc -l; kill $pid; wait $pid; echo $?
            rm log; ls; ls temporary | wc -l
            """);

        Assert.Equal("log\nready.json\nroot.pem\ntemporary\n1\n1\n0\nleft.json\ntemporary\n0\n", result.Output);
    }

    [Fact]
    public async Task An_existing_file_is_refused_by_every_command_before_its_work()
    {
        var result = await BashAsync("""
            echo thesis > t.html; echo thesis > t.yaml; echo thesis > t.xml; echo thesis > t.svg
            refused() { timeout 60 dotnet "$CLI" "$@"; echo $?; }
            refused check autodiscover.contoso.com --scenario healthy --report t.html
            refused detect your@contoso.com --scenario healthy --report t.html
            refused capture autodiscover.contoso.com --scenario healthy -o t.yaml
            refused test healthy --junit t.xml
            refused regress -p healthy --badge t.svg -- true
            refused regress -p healthy --junit t.xml -- true
            refused learn start one-in-twenty --data data --ready-file t.xml
            cat t.*
            """);

        Assert.Equal(string.Concat(Enumerable.Repeat("2\n", 7)) + string.Concat(Enumerable.Repeat("thesis\n", 4)), result.Output);
    }

    [Fact]
    public async Task A_thesis_in_the_folder_lab_outlives_a_lesson()
    {
        var result = await BashAsync("""
            mkdir -p data/lab; echo thesis > data/lab/thesis
            timeout 60 dotnet "$CLI" learn start one-in-twenty --data data; echo $?
            cat data/lab/thesis
            """);

        Assert.Equal("2\nthesis\n", result.Output);
        Assert.Contains("lab: this exists and is not AutoDetectSim's", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_standard_output_an_unwritable_folder_and_no_temporary_folder_are_one_sentence_each()
    {
        var result = await BashAsync("""
            timeout 60 dotnet "$CLI" schema > /dev/full; echo $?
            timeout 60 dotnet "$CLI" scenarios --json > /dev/full; echo $?
            timeout 60 dotnet "$CLI" run healthy --ready-file missing/ready.json; echo $?
            timeout 60 dotnet "$CLI" run healthy --standard-ports --hosts-file missing/hosts; echo $?
            TMPDIR=$PWD/none timeout 60 dotnet "$CLI" run healthy; echo $?
            """);

        Assert.Equal("3\n3\n2\n2\n2\n", result.Output);
        var lines = result.Error.TrimEnd().Split('\n');
        Assert.Equal(5, lines.Length);
        Assert.Equal("Standard output cannot be written: No space left on device.", lines[0]);
        Assert.EndsWith("missing/ready.json: the ready file cannot be written: the folder does not exist.", lines[2], StringComparison.Ordinal);
        Assert.EndsWith("none: the temporary folder cannot be written: the folder does not exist.", lines[4], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_log_on_a_full_disk_says_so_and_every_detection_succeeds()
    {
        var result = await BashAsync("""
            timeout 60 dotnet "$CLI" detect your@contoso.com --scenario healthy --attempts 5 --key-log /dev/full --json > json; echo $?
            grep -o '"successes":5' json | sort -u
            """);

        Assert.Equal("0\n\"successes\":5\n", result.Output);
        Assert.Equal("/dev/full: the TLS key log cannot be written: No space left on device. The lab goes on without it.", result.Error.Trim());
    }

    [Fact]
    public async Task Ctrl_C_prints_what_was_done_so_far()
    {
        var result = await BashAsync("""
            interrupted() { env --default-signal=INT dotnet "$CLI" "$@" > out 2> log & pid=$!
              until grep -q Started log || ! kill -0 $pid 2> /dev/null || test "$(stat -c %s keys 2> /dev/null || echo 0)" -gt 300000; do read -t 0.05 <> <(:) || :; done
              kill -INT $pid; wait $pid; echo $?; }
            interrupted detect your@contoso.com --scenario one-in-twenty --attempts 1000000 --key-log keys
            grep -o 'Stopped after [0-9]* of 1000000 detections' log | sed 's/[0-9]* of/N of/'
            cat out log | grep -c 'detections succeeded'
            """);

        Assert.Equal("1\nStopped after N of 1000000 detections\n1\n", result.Output);
    }

    [Fact]
    public async Task Too_few_open_files_say_how_many_are_needed()
    {
        var result = await BashAsync("ulimit -n 120; timeout 60 dotnet \"$CLI\" detect your@contoso.com --scenario one-in-twenty; echo $?");

        Assert.Equal("3\n", result.Output);
        Assert.Equal("The limit of open files is 120, which is too low: a lab needs about 1024 (ulimit -n 1024).", result.Error.Trim());
    }

    [Fact]
    public async Task A_dead_url_is_not_a_lab_that_could_not_start()
    {
        var result = await BashAsync("timeout 60 dotnet \"$CLI\" detect your@contoso.com --url http://127.0.0.1:9/detect; echo $?");

        Assert.Equal("3\n", result.Output);
        Assert.StartsWith("AutoDetect cannot be reached: ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_exit_code_of_detect_is_that_of_the_state_before_the_fix()
    {
        var result = await BashAsync("""
            timeout 60 dotnet "$CLI" detect your@contoso.com --scenario none-complete --fix 'perimeter/*: present complete' --json > json; echo $?
            grep -o '"after":{[^}]*"successes":1' json | grep -o '"successes":1'
            """);

        Assert.Equal("1\n\"successes\":1\n", result.Output);
    }

    [Theory]
    [InlineData("Unknown command 'detct'; did you mean 'detect'?", "detct", "your@contoso.com")]
    [InlineData("Unknown command 'strt'; did you mean 'start'?", "learn", "strt")]
    [InlineData("Unknown option '--scenaro'; did you mean '--scenario'?", "detect", "your@contoso.com", "--scenaro", "healthy")]
    [InlineData("Unknown option '--redy-file'; did you mean '--ready-file'?", "run", "--redy-file", "healthy")]
    public async Task A_misspelled_command_or_option_gets_the_nearest_name(string sentence, params string[] arguments)
    {
        var result = await Tool.AutoDetectSimAsync(arguments);

        Assert.Equal(2, result.ExitCode);
        Assert.Equal(sentence, result.Error.Split('\n')[0].TrimEnd());
    }

    [Fact]
    public async Task A_value_that_a_shell_leaves_empty_is_named()
    {
        var result = await _folder.BashAsync("""
            refused() { timeout -s KILL 30 dotnet "$CLI" "$@" < /dev/null; echo "$? $*" >&2; }
            refused run "$UNSET"
            refused lint "$UNSET"
            refused verify --chain "$UNSET"
            refused detect your@contoso.com --scenario "$UNSET"
            refused check "$UNSET" --scenario healthy
            refused capture a.example --from "$UNSET" -o captured.yaml
            refused export compose healthy -o "$UNSET"
            refused run healthy --ready-file "$UNSET"
            refused explain --file "$UNSET"
            refused change --lab "$UNSET" 'ex01: down'
            """);

        Assert.Equal(
            [
                "SCENARIO is empty: give it a value.", "2 run ",
                "PATH is empty: give it a value.", "2 lint ",
                "--chain is empty: give it a value.", "2 verify --chain ",
                "--scenario is empty: give it a value.", "2 detect your@contoso.com --scenario ",
                "HOST is empty: give it a value.", "2 check  --scenario healthy",
                "--from is empty: give it a value.", "2 capture a.example --from  -o captured.yaml",
                "--output is empty: give it a value.", "2 export compose healthy -o ",
                "--ready-file is empty: give it a value.", "2 run healthy --ready-file ",
                "--file is empty: give it a value.", "2 explain --file ",
                "--lab is empty: give it a value.", "2 change --lab  ex01: down",
            ],
            result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith("Try: ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Control_characters_of_a_scenario_are_shown_escaped()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "bad.yaml"), "title: \"a\\e]0;owned\\a\"\nexpect: { detect: \"\\e[2Jyour@contoso.com\" }\n", TestContext.Current.CancellationToken);
        var result = await BashAsync("""timeout 60 dotnet "$CLI" lint bad.yaml; timeout 60 dotnet "$CLI" test bad.yaml; true""");

        Assert.DoesNotContain('\u001b', result.Output + result.Error);
        Assert.Contains("\\u001b", result.Output + result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ends-before-it-begins.pem", "its validity ends before it begins")]
    [InlineData("issuer-without-a-name.pem", "an issuer without a name was not seen")]
    public async Task Certificates_that_no_lab_issues_are_captured_as_near_as_can_be(string file, string deviation)
    {
        var evidence = Path.Combine(Tool.RepositoryRoot, "tests", "AutoDetectSim.Cli.Tests", "Edges", file);
        var result = await Tool.AutoDetectSimAsync("capture", "autodiscover.contoso.com", "--from", evidence, "-o", Path.Combine(_folder.Path, "captured.yaml"));

        Assert.Contains(deviation, result.Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_folder.Path, "captured.yaml")), result.Error);
    }

    [Fact]
    public async Task Lint_of_pipes_devices_and_folders_of_the_system_ends_and_names_them()
    {
        var result = await BashAsync("""
            mkfifo pipe; ln -s /dev/zero zero
            echo 'certificates: { m: { file: pipe, keyFile: pipe } }' > a.yaml
            echo 'certificates: { m: { file: zero, keyFile: zero } }' > b.yaml
            echo 'certificates: { m: { file: /dev/zero, keyFile: /dev/zero } }' > c.yaml
            echo 'mappings: /proc' > d.yaml
            echo 'mappings: ../../../../../../proc' > e.yaml
            for name in a b c d e; do timeout -s KILL 60 dotnet "$CLI" lint $name.yaml >&2; echo $?; done
            """);

        Assert.Equal("2\n2\n2\n2\n2\n", result.Output);
        Assert.Contains("the file is empty, or is not a regular file", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Needs", "time")]
    public async Task A_command_that_does_not_stop_is_ended_ten_seconds_after_it_was_asked_to()
    {
        var result = await BashAsync("""
            mkfifo pipe
            timeout 2 dotnet "$CLI" verify --batch pipe; echo $?
            """);

        Assert.Equal("124\n", result.Output);
    }

    [Fact]
    [Trait("Needs", "time")]
    public async Task Twenty_labs_that_start_at_once_all_start()
    {
        var result = await BashAsync("""
            for i in $(seq 20); do dotnet "$CLI" run healthy --ready-file $i.json > /dev/null 2> $i.log & pids="$pids $!"; done
            for i in $(seq 20); do until test -s $i.json || ! jobs -r | grep -q .; do read -t 0.2 <> <(:) || :; done; done
            ls *.json | wc -l; cat *.log | grep -c 'could not start'
            kill $pids; wait
            ls *.json 2> /dev/null | wc -l
            """);

        Assert.Equal("20\n0\n0\n", result.Output);
    }

    private Task<ToolResult> BashAsync(string script) => _folder.BashAsync(script);
}
