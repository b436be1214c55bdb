using AutoDetectSim.Cli.Output;
using AutoDetectSim.Cli.Run;
using AutoDetectSim.Documents.Files;
using AutoDetectSim.Regression.Reports;

namespace AutoDetectSim.Cli.Tests.Edges;

/// <summary>Files of the user that look like this program's, and are not.</summary>
public sealed class OwnedOutputTests : IDisposable
{
    private const string Certificate = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
    private const string Ended = "# AutoDetectSim process 1, started 2001-01-01T00:00:00Z\n";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("owned-");

    private string Target => Path.Combine(_folder.FullName, "target");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("", "", "")]
    [InlineData(Certificate, "", "")]
    [InlineData("# our roots\n", "", "")]
    [InlineData("", Certificate, "")]
    [InlineData("", "", Certificate)]
    [InlineData("", "", "# our own, see the wiki\n")]
    public void A_bundle_of_the_user_with_roots_of_a_former_lab_in_it_stays(string before, string between, string after)
    {
        var written = ContentSeal.Comment.Seal(Certificate + Ended);
        var bundle = before + written.Replace(Ended, between + Ended, StringComparison.Ordinal) + after;
        File.WriteAllText(Target, bundle);
        if (bundle == written)
        {
            OutputFile.Claim(Target, RootCertificateFile.Kind).Write("new");
            return;
        }

        Assert.Throws<OutputFileException>(() => OutputFile.Claim(Target, RootCertificateFile.Kind));
        Assert.Equal(bundle, File.ReadAllText(Target));
    }

    [Theory]
    [InlineData("""{ "schemaVersion": 1, "label": "build", "message": "passing", "color": "green" }""")]
    [InlineData("{\n  \"schemaVersion\": 1,\n  \"label\": \"worlds judged correctly\",\n  \"message\": \"2/2\",\n  \"color\": \"brightgreen\",\n  \"style\": \"flat\"\n}\n")]
    [InlineData("<svg/>\n<!-- written by AutoDetectSim -->\n")]
    public void A_badge_of_another_program_stays(string badge)
    {
        File.WriteAllText(Target, badge);

        Assert.Throws<OutputFileException>(() => OutputFile.Claim(Target, Outputs.Badge));
        Assert.Equal(badge, File.ReadAllText(Target));
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(1, 1)]
    [InlineData(0, 0)]
    public void A_badge_of_an_earlier_run_is_replaced(int right, int knownLimits)
    {
        var summary = new RegressionSummary { Worlds = 2, Right = right, MissedFaults = 0, FalseAlarms = 0, WrongCauses = 0, NoVerdicts = 0, NotAsked = 0, KnownLimits = knownLimits, OvercomeLimits = [], Line = "" };
        foreach (var badge in new[] { RegressionBadge.Json(summary), ContentSeal.Markup.Seal(RegressionBadge.Svg(summary)) })
        {
            File.WriteAllText(Target, badge);
            OutputFile.Claim(Target, Outputs.Badge).Write("new");
        }

        Assert.Equal("new", File.ReadAllText(Target));
    }

    [Fact]
    public void A_report_of_another_program_stays()
    {
        File.WriteAllText(Target, """{ "verdict": "guilty", "summary": "thesis", "customer": [] }""");

        Assert.Throws<OutputFileException>(() => OutputFile.Claim(Target, Outputs.Report));
    }

    [Fact]
    [Trait("Needs", "tools")]
    public async Task A_report_is_replaced_until_the_user_edits_it()
    {
        using var folder = new EdgeFolder();
        var result = await folder.BashAsync("""
            run() { timeout 60 dotnet "$CLI" "$@" > /dev/null 2>> log; echo $?; }
            again() { # again FILE COMMAND..: twice, and once more when the user has edited it
              run "${@:2}"; run "${@:2}"
              sed -i '0,/contoso/s//my own words/' $1; cp $1 $1.mine
              run "${@:2}"; cmp $1 $1.mine; }
            again r.md detect your@contoso.com --scenario healthy --report r.md
            again r.json detect your@contoso.com --scenario healthy --report r.json
            """);

        Assert.Equal("0\n0\n2\n0\n0\n2\n", result.Output);
    }

    [Theory]
    [InlineData("8080.json")]
    [InlineData("8080.lock")]
    public void A_file_of_the_user_in_the_list_of_labs_stays_and_the_lab_runs_unlisted(string name)
    {
        var file = Path.Combine(_folder.CreateSubdirectory("labs").FullName, name);
        File.WriteAllText(file, "thesis");

        Assert.Null(LabListing.TryAdd(_folder.FullName, Lab()));
        Assert.Equal("thesis", File.ReadAllText(file));
        Assert.Empty(LabListing.Find(_folder.FullName));
        Assert.Equal([file], Directory.GetFiles(Path.Combine(_folder.FullName, "labs")));
    }

    [Fact]
    public void A_link_in_the_place_of_the_list_of_labs_is_not_followed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a right on Windows.");
        var elsewhere = _folder.CreateSubdirectory("elsewhere");
        Directory.CreateSymbolicLink(Path.Combine(_folder.FullName, "labs"), elsewhere.FullName);

        Assert.Null(LabListing.TryAdd(_folder.FullName, Lab()));
        Assert.Empty(elsewhere.EnumerateFileSystemInfos());
    }

    [Fact]
    public void A_lab_is_listed_while_it_runs_and_takes_over_what_a_killed_one_left()
    {
        var entry = Path.Combine(_folder.FullName, "labs", "8080.json");
        string left;
        using (LabListing.TryAdd(_folder.FullName, Lab()))
        {
            left = File.ReadAllText(entry);
            Assert.Equal("mine", Assert.Single(LabListing.Find(_folder.FullName)).Scenario);
        }

        Assert.Empty(Directory.GetFiles(Path.Combine(_folder.FullName, "labs")));
        File.WriteAllText(entry, left);
        using var listing = LabListing.TryAdd(_folder.FullName, Lab());
        Assert.NotNull(listing);
    }

    [Fact]
    [Trait("Needs", "tools")]
    public async Task A_key_log_is_added_to_key_logs_only_and_begins_a_new_line()
    {
        using var folder = new EdgeFolder();
        var result = await folder.BashAsync("""
            printf '# my world\ntitle: mine\n' > world.yaml; printf '# notes\nthesis\n' > notes; cp world.yaml world.mine; cp notes notes.mine
            run() { timeout 60 dotnet "$CLI" detect your@contoso.com "$@" > /dev/null 2>> log; echo $?; }
            run --scenario world.yaml --key-log world.yaml
            run --scenario world.yaml --key-log notes
            cmp world.yaml world.mine; cmp notes notes.mine
            printf '# secrets\nCLIENT_RANDOM aa bb\nCLIENT_RAN' > keys
            run --scenario world.yaml --key-log keys
            head -3 keys; grep -c '^CLIENT_HANDSHAKE_TRAFFIC_SECRET \|^CLIENT_RANDOM ' keys > /dev/null && echo added
            """);

        Assert.Equal("3\n3\n0\n# secrets\nCLIENT_RANDOM aa bb\nCLIENT_RAN\nadded\n", result.Output);
    }

    [Fact]
    [Trait("Needs", "tools")]
    public async Task Two_options_that_name_one_file_are_refused_before_the_work()
    {
        using var folder = new EdgeFolder();
        var result = await folder.BashAsync("""
            mkdir real; ln -s real link
            run() { timeout 60 dotnet "$CLI" "$@"; echo $?; }
            run run healthy --ready-file one --root-file ./one
            run run healthy --standard-ports 127.98.0.0/24 --hosts-file one --key-log one
            run detect your@contoso.com --scenario healthy --report real/one.json --key-log link/one.json
            SSLKEYLOGFILE=$PWD/one.json run detect your@contoso.com --scenario healthy --report one.json
            run regress -p healthy --junit one.svg --badge one.svg -- true
            ls; ls real
            """);

        Assert.Equal("2\n2\n2\n2\n2\nlink\nreal\n", result.Output);
        var lines = result.Error.TrimEnd().Split('\n');
        Assert.Equal(5, lines.Length);
        Assert.Equal("--ready-file and --root-file both name the file ./one: give each a file.", lines[0]);
        Assert.Contains("--hosts-file and --key-log both name the file one", lines[1], StringComparison.Ordinal);
        Assert.Contains("--key-log and --report both name the file real/one.json", lines[2], StringComparison.Ordinal);
        Assert.Contains("SSLKEYLOGFILE and --report both name the file one.json", lines[3], StringComparison.Ordinal);
        Assert.Contains("--junit and --badge both name the file one.svg", lines[4], StringComparison.Ordinal);
    }

    private static ReadyFile Lab() => new()
    {
        Scenario = "mine",
        Seed = 1,
        Gateway = "http://127.0.0.1:8080",
        Dns = null,
        RootCertificate = "/root.pem",
        TrustStore = "/root.p12",
        DetectUrl = "https://localhost/detect",
        VirtualIps = [],
        Owner = ProcessMark.Mine,
    };
}
