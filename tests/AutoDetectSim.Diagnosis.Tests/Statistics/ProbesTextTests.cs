using System.Globalization;
using System.Text.RegularExpressions;
using AutoDetectSim.Diagnosis.Statistics;
using CsCheck;

namespace AutoDetectSim.Diagnosis.Tests.Statistics;

/// <summary>Sentences of the statistics, for any numbers that can occur.</summary>
public sealed partial class ProbesTextTests
{
    [Fact]
    public void No_sentence_names_an_impossible_number() =>
        Gen.Int[1, 12].Select(Gen.Int[0, 200], Gen.Bool, Gen.Int).Sample(
            (nodes, made, hasLookAlikes, seed) =>
            {
                var random = new Random(seed);
                var probes = ProbeSufficiency.From([.. Enumerable.Range(0, made).Select(_ => $"ex{random.Next(nodes)}")], hasLookAlikes);
                foreach (var text in (string[])[ProbesText.Sentence(probes), ProbesText.TooFew(probes), ProbesText.Confidence(made, each: false, ["mail.contoso.com"], probes)])
                {
                    Assert.DoesNotMatch("(more than|above|up to) (100|0)%", text);
                    Assert.DoesNotMatch(@"\b(0|1) (nodes|servers|connections)\b", text.Replace("0 connections met no", "", StringComparison.Ordinal).Replace("0 new connections", "", StringComparison.Ordinal));
                    Assert.DoesNotContain("NaN", text, StringComparison.Ordinal);
                    Assert.All(Percentage().Matches(text), share => Assert.InRange(double.Parse(share.Groups[1].Value, CultureInfo.InvariantCulture), 0, 100));
                    Assert.True(!hasLookAlikes || probes.NodesMet == 0 || text.Contains("at least", StringComparison.Ordinal), text);
                    Assert.True(made > 0 || !text.Contains("would have been met", StringComparison.Ordinal), text);
                }
            },
            iter: Samples.Of(300));

    [Fact]
    public void A_share_is_nothing_or_all_only_where_it_is() =>
        Gen.Double[0, 1].Select(Gen.Int[0, 12]).Sample((share, power) =>
        {
            foreach (var near in (double[])[share * Math.Pow(10, -power), 1 - (share * Math.Pow(10, -power))])
            {
                var text = ShareText.Percent(near);
                Assert.Equal(near == 0, text == "0%");
                Assert.Equal(near == 1, text == "100%");
            }
        }, iter: Samples.Of(300));

    [GeneratedRegex(@"([0-9]+(?:\.[0-9]+)?)%")]
    private static partial Regex Percentage();
}
