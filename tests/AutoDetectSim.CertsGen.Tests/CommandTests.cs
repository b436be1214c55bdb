namespace AutoDetectSim.CertsGen.Tests;

public sealed class CommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("", "name a SCENARIO file, or a --host")]
    [InlineData("s.yaml --host a.b", "name a SCENARIO file or a --host, not both")]
    [InlineData("s.yaml --shape complete --key p256 --intermediates 2", "--shape requires --host; a scenario defines it itself|--key requires --host; a scenario defines it itself|--intermediates requires --host; a scenario defines it itself")]
    [InlineData("--host a.b --shape missing", "--shape: unknown value 'missing'; choose from complete, *")]
    [InlineData("--host a.b --shape MissingIntermediate", "--shape: unknown value 'MissingIntermediate'; did you mean 'missingIntermediate'?")]
    [InlineData("--host a.b --key rsa2047", "--key: unknown value 'rsa2047'; did you mean 'rsa2048'?")]
    [InlineData("--host a.b --intermediates 11", "--intermediates must be 0 to 10")]
    [InlineData("--host a.b --intermediates many", "--intermediates must be a whole number, not 'many'.")]
    [InlineData("--host a.b --password x", "--password requires --pfx")]
    [InlineData("--host https://a.b", "'https://a.b' has characters that no host name has (a host name, not a URL, is expected)")]
    [InlineData("--host a.b --shape duplicates --intermediates 0", "'server' cannot be presented as duplicates: it has no intermediate that could be sent twice")]
    [InlineData("--host a.b --colour red", "Unrecognized command or argument 'red'.|Unknown option '--colour'.")]
    [InlineData("nowhere.yaml", "nowhere.yaml: File not found")]
    public void A_wrong_command_line_ends_with_2_and_every_reason(string line, string expected)
    {
        var target = _folder.In("out");
        var result = CertsGen.Run([.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries), "-o", target]);

        Assert.Equal(2, result.ExitCode);
        Assert.Equal("", result.Output);
        var reasons = expected.Split('|');
        Assert.True(result.ErrorLines.Length >= reasons.Length, result.Error);
        foreach (var (reason, actual) in reasons.Zip(result.ErrorLines))
        {
            Assert.True(reason.EndsWith('*') ? actual.StartsWith(reason[..^1], StringComparison.Ordinal) : actual == reason, actual);
        }

        Assert.False(Directory.Exists(target));
    }

    [Theory]
    [InlineData("--output is empty: give it a value.", "--host", "a.b", "--output", "")]
    [InlineData("--host is empty: give it a value.", "--host", "", "--output", "out")]
    [InlineData("SCENARIO is empty: give it a value.", "", "--output", "out")]
    public void A_value_that_a_shell_leaves_empty_is_named(string reason, params string[] arguments)
    {
        var result = CertsGen.Run(arguments);

        Assert.Equal((2, "", reason), (result.ExitCode, result.Output, Assert.Single(result.ErrorLines)));
    }

    [Fact]
    public void The_output_folder_must_be_named()
    {
        var result = CertsGen.Run("--host", "a.b");

        Assert.Equal(2, result.ExitCode);
        Assert.Equal("Option '--output' is required.", Assert.Single(result.ErrorLines));
    }

    [Fact]
    public void Help_is_no_error()
    {
        var result = CertsGen.Run("--help");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("--keys", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_problem_of_a_scenario_is_told_with_its_line_and_column()
    {
        var scenario = _folder.Write("s.yaml", """
            name: broken
            authorities:
              root: { trusted: true, notAfter: soon }
            certificates:
              mail: { issuer: rot, hosts: [mail.contoso.com] }
            organizations:
              contoso: { domains: [contoso.com] }
            loadBalancers:
              perimeter:
                hosts: [mail.contoso.com]
                nodes:
                  - { name: ex01, certificate: mail }
            """);

        var result = CertsGen.Run(scenario, "-o", _folder.In("out"));

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(result.ErrorLines, line => line.StartsWith($"{scenario}:3:36: ", StringComparison.Ordinal));
        Assert.Contains(result.ErrorLines, line => line.StartsWith($"{scenario}:5:19: ", StringComparison.Ordinal));
        Assert.False(Directory.Exists(_folder.In("out")));
    }

    [Fact]
    [Trait("Needs", "time")]
    public void Every_scenario_of_the_library_can_be_written()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "scenarios");
        var library = Directory.EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories).ToList();
        Assert.NotEmpty(library);

        foreach (var scenario in library)
        {
            var target = _folder.In("out-" + Path.GetRelativePath(folder, scenario).Replace(Path.DirectorySeparatorChar, '-'));
            var result = CertsGen.Run(scenario, "-o", target, "--keys");
            Assert.True(result.ExitCode == 0, scenario + ": " + result.Error);
            Assert.True(File.Exists(Path.Combine(target, "README.md")));
        }
    }

    [Fact]
    public void The_seed_decides_about_serial_numbers()
    {
        string Serial(params string[] more)
        {
            var target = _folder.In(Guid.NewGuid().ToString("N"));
            Assert.Equal(0, CertsGen.Run(["--host", "a.b", "-o", target, .. more]).ExitCode);
            using var certificate = System.Security.Cryptography.X509Certificates.X509CertificateLoader.LoadCertificateFromFile(Path.Combine(target, "authorities", "root.cer"));
            return certificate.SerialNumber;
        }

        Assert.Equal(Serial("--seed", "5"), Serial("--seed", "5"));
        Assert.NotEqual(Serial("--seed", "5"), Serial("--seed", "6"));
        Assert.Equal(Serial(), Serial());
    }

    public void Dispose() => _folder.Dispose();
}
