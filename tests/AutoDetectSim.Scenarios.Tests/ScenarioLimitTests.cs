using System.Text;
using CsCheck;

namespace AutoDetectSim.Scenarios.Tests;

/// <summary>Input that is too large, too deep, or no scenario at all.</summary>
public sealed class ScenarioLimitTests
{
    [Fact]
    public void A_billion_laughs_are_refused()
    {
        var yaml = new StringBuilder("title: x\nl0: &l0 [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]\n");
        for (var level = 1; level < 10; level++)
        {
            yaml.Append($"l{level}: &l{level} [{string.Join(", ", Enumerable.Repeat($"*l{level - 1}", 10))}]\n");
        }

        var problem = Assert.Single(ScenarioLoader.Parse(yaml.ToString(), "s.yaml", null).Problems);

        Assert.Equal("More than 20000 values, counting what each alias expands to", problem.Message);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    [InlineData("? ")]
    public void Deep_nesting_is_refused(string opening)
    {
        var problem = Assert.Single(ScenarioLoader.Parse(string.Concat(Enumerable.Repeat(opening, 100_000)), "s.yaml", null).Problems);

        Assert.Contains("24 levels", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Depth_by_way_of_aliases_is_refused()
    {
        var yaml = new StringBuilder("l0: &l0 [x]\n");
        for (var level = 1; level < 40; level++)
        {
            yaml.Append($"l{level}: &l{level} [*l{level - 1}]\n");
        }

        Assert.Contains(ScenarioLoader.Parse(yaml.ToString(), "s.yaml", null).Problems, problem => problem.Message.Contains("24 levels", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_of_more_than_a_mebibyte_is_refused_unread()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, new byte[1024 * 1024 + 1]);
            Assert.Equal("The file has 1048577 bytes; a scenario may have at most 1048576", Assert.Single(ScenarioLoader.Load(path).Problems).Message);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_file_that_is_not_UTF_8_is_told_by_line_and_column()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, [.. "title: x\nname: "u8, 0xFF, 0xFE]);
            Assert.Equal($"{path}:2:7: The file is not valid UTF-8 text", Assert.Single(ScenarioLoader.Load(path).Problems).ToString());
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Ranges_in_many_places_do_not_add_up_to_more_than_ten_thousand_parts()
    {
        var balancers = string.Concat(Enumerable.Range(1, 50).Select(number => $"  b{number}: {{ hosts: [h{number}.contoso.com], nodes: [\"n{number}x{{0001..5000}}\"] }}\n"));

        var problems = ScenarioLoader.Parse("loadBalancers:\n" + balancers, "s.yaml", null).Problems;

        Assert.Contains(problems, problem => problem.ToString() == "s.yaml:4:42: Too many parts: the name ranges expand to more than 10000, or to too much data");
    }

    [Fact]
    public void Ten_thousand_nodes_are_allowed()
    {
        var result = ScenarioLoader.Parse("loadBalancers: { p: { nodes: [\"n{00001..09999}\"] } }", "s.yaml", null);

        Assert.Equal(9999, result.Scenario!.LoadBalancers[0].Nodes.Count);
    }

    [Fact]
    public void The_list_of_problems_has_an_end() =>
        Assert.Equal(1000, ScenarioLoader.Parse(string.Concat(Enumerable.Range(0, 5000).Select(number => $"k{number}: 1\n")), "s.yaml", null).Problems.Count);

    [Fact]
    public void A_file_that_misspells_thousands_of_names_of_one_length_is_answered_without_searching_for_ever()
    {
        static string Name(string start, int number) => start + number.ToString("D5") + new string('x', 50);
        var yaml = "authorities:\n" + string.Concat(Enumerable.Range(0, 4000).Select(number => $"  {Name("a", number)}:\n"))
            + "certificates:\n" + string.Concat(Enumerable.Range(0, 1500).Select(number => $"  {Name("c", number)}: {{ issuer: {Name("b", number)} }}\n"));

        // Fifteen hundred words against four thousand names of their length would be nearly twenty thousand million steps.
        Assert.Equal(1000, ScenarioLoader.Parse(yaml, "s.yaml", null).Problems.Count);
    }

    [Fact]
    public void No_bytes_make_the_loader_throw() =>
        Gen.Byte.Array[0, 300].Sample(bytes => ScenarioLoader.Parse(Encoding.Latin1.GetString(bytes), "s.yaml", null).Problems.Count >= 0, iter: Samples.Of(600));

    [Fact]
    public void No_YAML_of_the_right_words_makes_the_loader_throw()
    {
        string[] words =
        [
            "name", "title", "seed", "loadBalancers", "nodes", "present", "hosts", "expect", "detect", "fault", "remedy", "dns", "authorities", "issuer", "certificates", "organizations", "autoDetect",
            ": ", ": ", ": ", "\n", "\n", "\n  ", "\n    ", "- ", "{", "}", "[", "]", ", ", "&a ", "*a", "<<", "'", "\"", "|", ">", "#", "!", "!<", "!a,", "%", "%TAG", "?", "~", "null", "1", "-1", "1e9", "ex{01..05}", "*", "\t", "a@b.c", "mail.contoso.com",
        ];

        Gen.Int[0, words.Length - 1].Array[0, 60].Sample(
            picks => ScenarioLoader.Parse(string.Concat(picks.Select(pick => words[pick])), "s.yaml", null).Problems.Count >= 0,
            iter: Samples.Of(1_500));
    }

    [Fact]
    public void No_change_to_a_scenario_of_the_library_makes_the_loader_throw()
    {
        var texts = ScenarioFiles.All.Select(File.ReadAllText).ToArray();
        var change = Gen.Select(Gen.Int[0, 1_000_000], Gen.Int[0, 3], Gen.String[Gen.Char[" {}[]:,-&*#?|>!%@`'\"\n\t~aZ0."], 0, 6]);

        Gen.Select(Gen.Int[0, texts.Length - 1], change.Array[1, 5]).Sample(
            (which, changes) =>
            {
                var text = texts[which];
                foreach (var (where, length, insert) in changes)
                {
                    var at = where % (text.Length + 1);
                    text = text[..at] + insert + text[Math.Min(text.Length, at + length)..];
                }

                var result = ScenarioLoader.Parse(text, "s.yaml", null);
                return result.Scenario is null == result.Problems.Count > 0;
            },
            iter: Samples.Of(600));
    }
}
