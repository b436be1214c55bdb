namespace AutoDetectSim.Certificates.Issuance;

/// <summary>Puts the two ends of a validity window together.</summary>
internal static class ValidityWindow
{
    /// <summary>
    /// A bound that is not given has its default; where the other, given one leaves no room for that, the window is a year long.
    /// </summary>
    public static (DateTimeOffset From, DateTimeOffset To) Resolve(
        DateTimeOffset start, string? notBefore, string defaultNotBefore, string? notAfter, string defaultNotAfter)
    {
        var from = Bound(notBefore ?? defaultNotBefore, start);
        var to = Bound(notAfter ?? defaultNotAfter, start);
        if (from >= to && notBefore is null)
        {
            from = to.AddYears(-1);
        }
        else if (from >= to && notAfter is null)
        {
            to = from.AddYears(1);
        }

        return (from, to);
    }

    private static DateTimeOffset Bound(string text, DateTimeOffset start) =>
        ValidityBound.TryParse(text, out var bound, out var error) ? bound.Resolve(start) : throw new LabPkiException(error);
}
