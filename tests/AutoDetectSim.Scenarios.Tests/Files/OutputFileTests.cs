using AutoDetectSim.Documents.Files;

namespace AutoDetectSim.Scenarios.Tests.Files;

public sealed class OutputFileTests : IDisposable
{
    private static readonly OutputKind Kind = new("report") { IsOurs = text => text.EndsWith("ours", StringComparison.Ordinal) };

    private static readonly OutputKind Secret = new("ready file") { IsSecret = true };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("output-");

    private string Target => Path.Combine(_folder.FullName, "file");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_file_of_the_user_is_refused_before_the_work_begins_and_stays_as_it_is()
    {
        File.WriteAllText(Target, "thesis");

        var refusal = Assert.Throws<OutputFileException>(() => OutputFile.Claim(Target, Kind));

        Assert.Contains("exists and is not a report of AutoDetectSim", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("--force", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("thesis", File.ReadAllText(Target));
    }

    [Theory]
    [InlineData("written by ours", false)]
    [InlineData("", false)]
    [InlineData("thesis", true)]
    public void A_file_of_the_program_an_empty_one_and_any_with_force_are_replaced(string before, bool force)
    {
        File.WriteAllText(Target, before);

        OutputFile.Claim(Target, Kind, force).Write("new");

        Assert.Equal("new", File.ReadAllText(Target));
        Assert.Single(_folder.EnumerateFiles());
    }

    [Fact]
    public void A_file_that_appears_during_the_work_is_not_replaced()
    {
        var claimed = OutputFile.Claim(Target, Kind);
        File.WriteAllText(Target, "thesis");

        Assert.Throws<OutputFileException>(() => claimed.Write("new"));
        Assert.Null(claimed.Delete());
        Assert.Equal("thesis", File.ReadAllText(Target));
        Assert.Single(_folder.EnumerateFiles());
    }

    [Fact]
    public void Only_what_the_run_wrote_and_nobody_changed_is_deleted()
    {
        var same = OutputFile.Claim(Target, Kind);
        same.Write("new");
        Assert.Null(same.Delete());
        Assert.False(File.Exists(Target));

        var changed = OutputFile.Claim(Target, Kind);
        changed.Write("new");
        File.AppendAllText(Target, " and more");
        Assert.Contains("has been changed", changed.Delete(), StringComparison.Ordinal);
        Assert.Equal("new and more", File.ReadAllText(Target));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_symbolic_link_is_not_followed_even_with_force(bool force)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a right on Windows.");
        var victim = Path.Combine(_folder.FullName, "victim");
        File.WriteAllText(victim, "thesis");
        File.CreateSymbolicLink(Target, victim);

        Assert.Throws<OutputFileException>(() => OutputFile.Claim(Target, Kind, force));
        Assert.Throws<OutputFileException>(() => OutputFile.Append(Target, Kind));
        Assert.Equal("thesis", File.ReadAllText(victim));
    }

    [Fact]
    public void A_folder_that_takes_no_file_is_noticed_before_the_work()
    {
        var refusal = Assert.Throws<OutputFileException>(() => OutputFile.Claim(Path.Combine(_folder.FullName, "missing", "file"), Kind));

        Assert.Contains("the report cannot be written: the folder does not exist.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_is_readable_for_the_user_alone_when_written_and_when_appended_to()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows takes the access list of the folder.");
        var other = Target + ".log";
        OutputFile.Claim(Target, Secret).Write("token");
        OutputFile.Append(other, Secret).Dispose();

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Target));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(other));
        }
    }

    [Fact]
    public void A_device_is_written_to_and_neither_replaced_nor_deleted()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The device has another name on Windows.");
        var device = OutputFile.Claim("/dev/null", Kind);
        device.Write("new");

        Assert.Null(device.Delete());
        Assert.Equal(FileForm.Other, FileForms.Of("/dev/null"));
    }

    [Fact]
    public void A_full_disk_is_one_sentence_that_names_the_file()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/dev/full is Linux's.");

        var refusal = Assert.Throws<OutputFileException>(() => OutputFile.Claim("/dev/full", Kind).Write("new"));

        Assert.Equal("/dev/full: the report cannot be written: No space left on device.", refusal.Message);
    }

    [Fact]
    public void A_file_of_a_process_that_runs_is_refused_and_that_of_a_killed_one_replaced()
    {
        var ready = new OutputKind("ready file") { IsOurs = static _ => true };
        File.WriteAllText(Target, ProcessMark.Mine);
        Assert.Contains("still runs", Assert.Throws<OutputFileException>(() => OutputFile.Claim(Target, ready)).Message, StringComparison.Ordinal);

        File.WriteAllText(Target, "AutoDetectSim process 1, started 2001-01-01T00:00:00Z");
        OutputFile.Claim(Target, ready).Write("new");

        Assert.Equal("new", File.ReadAllText(Target));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\r")]
    public void A_sealed_text_is_known_until_anything_in_it_is_changed(string lineEnd)
    {
        foreach (var (seal, text) in new[] { (ContentSeal.Markup, "a\nb\n"), (ContentSeal.Comment, "a\nb"), (ContentSeal.Json, "{\n  \"a\": \"b\"\n}\n") })
        {
            var written = seal.Seal(text).Replace("\n", lineEnd + "\n", StringComparison.Ordinal);

            Assert.True(seal.IsOn(written));
            Assert.False(seal.IsOn(written + "\n"));
            Assert.False(seal.IsOn(" " + written));
            Assert.False(seal.IsOn(written.Replace('b', 'c')));
            Assert.False(seal.IsOn(text));
        }
    }

    [Fact]
    public void A_member_whose_name_is_not_Unicode_is_not_this_programs() =>
        Assert.False(OutputKind.HasMembers("""{ "\ud800": 1, "a": 2 }""", "b"));

    [Fact]
    public void All_of_a_long_file_is_looked_at_before_it_is_added_to_and_an_unfinished_line_is_ended()
    {
        var lines = new OutputKind("log") { HasLines = true, IsOurs = text => text.Split('\n').All(line => line is "" or "ours") };
        var content = string.Concat(Enumerable.Repeat("ours\n", 100_000)) + "ours";
        File.WriteAllText(Target, content);
        using (var stream = OutputFile.Append(Target, lines))
        {
            stream.Write("ours"u8);
        }

        Assert.Equal(content + "\nours", File.ReadAllText(Target));
        File.WriteAllText(Target, content + "\nthesis");
        Assert.Throws<OutputFileException>(() => OutputFile.Append(Target, lines));
    }

    [Fact]
    public void Only_what_is_of_the_kind_is_appended_to()
    {
        File.WriteAllText(Target, "thesis");
        Assert.Throws<OutputFileException>(() => OutputFile.Append(Target, Kind));

        File.WriteAllText(Target, "ours");
        using (var stream = OutputFile.Append(Target, Kind))
        {
            stream.Write("+"u8);
        }

        Assert.Equal("ours+", File.ReadAllText(Target));
    }
}
