using AutoDetectSim.Certificates.Issuance;
using CsCheck;

namespace AutoDetectSim.Certificates.Tests.Issuance;

public sealed class ValidityBoundTests
{
    private static readonly DateTimeOffset Start = new(2024, 2, 29, 12, 30, 15, 250, TimeSpan.Zero);

    [Theory]
    [InlineData("-30d", "2024-01-30T12:30:15Z")]
    [InlineData("90d", "2024-05-29T12:30:15Z")]
    [InlineData("+90d", "2024-05-29T12:30:15Z")]
    [InlineData("12h", "2024-03-01T00:30:15Z")]
    [InlineData("-90m", "2024-02-29T11:00:15Z")]
    [InlineData("45s", "2024-02-29T12:31:00Z")]
    [InlineData("2w", "2024-03-14T12:30:15Z")]
    [InlineData("-1y", "2023-02-28T12:30:15Z")]
    [InlineData("0d", "2024-02-29T12:30:15Z")]
    [InlineData(" 1d ", "2024-03-01T12:30:15Z")]
    [InlineData("2021-05-15T16:46:21Z", "2021-05-15T16:46:21Z")]
    [InlineData("2021-05-15t16:46:21z", "2021-05-15T16:46:21Z")]
    [InlineData("2021-05-15T16:46:21.999+02:00", "2021-05-15T14:46:21Z")]
    [InlineData("2021-05-15", "2021-05-15T00:00:00Z")]
    public void A_bound_is_a_time_or_an_offset(string text, string expected)
    {
        Assert.True(ValidityBound.TryParse(text, out var bound, out var error), error);
        Assert.Equal(expected, bound.Resolve(Start).ToString("yyyy-MM-ddTHH:mm:ssZ"));
        Assert.Equal(0, bound.Resolve(Start).Ticks % TimeSpan.TicksPerSecond);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("d")]
    [InlineData("30")]
    [InlineData("30 days")]
    [InlineData("1.5d")]
    [InlineData("--1d")]
    [InlineData("1M")]
    [InlineData("2021-13-01")]
    [InlineData("2021-02-30T00:00:00Z")]
    [InlineData("2021-05-15T16:46:21")]
    [InlineData("15.05.2021")]
    [InlineData("99999999999999999999d")]
    public void Anything_else_is_explained(string? text)
    {
        Assert.False(ValidityBound.TryParse(text, out _, out var error));
        Assert.Equal($"'{text}' is neither an RFC 3339 time (2026-01-31T00:00:00Z) nor an offset from the start of the lab (-30d, 90d, 12h, -1y)", error);
    }

    [Theory]
    [InlineData("1001y")]
    [InlineData("-9223372036854775808s")]
    [InlineData("9223372036854775807w")]
    public void An_offset_that_no_certificate_can_hold_is_explained(string text)
    {
        Assert.False(ValidityBound.TryParse(text, out _, out var error));
        Assert.Equal($"'{text}' is more than 1000 years away", error);
    }

    [Fact]
    public void A_sum_beyond_the_calendar_stops_at_its_end()
    {
        Assert.True(ValidityBound.TryParse("1000y", out var late, out _));
        Assert.True(ValidityBound.TryParse("-1000y", out var early, out _));

        Assert.Equal(9999, late.Resolve(new DateTimeOffset(9500, 1, 1, 0, 0, 0, TimeSpan.Zero)).Year);
        Assert.Equal(1, early.Resolve(new DateTimeOffset(500, 1, 1, 0, 0, 0, TimeSpan.Zero)).Year);
    }

    [Fact]
    public void No_text_makes_it_throw() =>
        Gen.String.Sample(text => Assert.NotEqual(ValidityBound.TryParse(text, out _, out var error), error is not null), iter: Samples.Of(100));
}
