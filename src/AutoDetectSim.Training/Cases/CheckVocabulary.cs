using System.Collections.Frozen;
using AutoDetectSim.Diagnosis.Checking.Grouping;

namespace AutoDetectSim.Training.Cases;

/// <summary>
/// What <c>check</c> prints of a node, as words of <see cref="FaultCatalogue"/>: their meanings, which both share, and names of what a check
/// sees from outside without knowing the reason.
/// </summary>
internal static class CheckVocabulary
{
    /// <summary>Names of <c>check</c> that are not words of the catalogue, each with the faults that look so from outside.</summary>
    private static readonly FrozenDictionary<string, string[]> Seen = new Dictionary<string, string[]>(StringComparer.OrdinalIgnoreCase)
    {
        [FaultNames.NoModernAuthentication] = ["oauthMissing"],
        [FaultNames.NoAutoDiscoverV2] = ["autoDiscoverV2Missing"],
        [FaultNames.NoActiveSync] = ["virtualDirectoryOffline", "requestFiltered", "maintenancePage", "userAgentBlocked"],
        [FaultNames.NoHandshake] = ["alert", "reset", "refused", "silent", "truncatedHandshake", "plainHttp"],
        [FaultNames.MalformedAnswer] =
            ["malformedStatus", "malformedHeader", "malformedChunk", "bareLineFeeds", "oversizedHead", "duplicateLength", "lengthAndChunks", "trailingData", "notHttp"],
        [FaultNames.InvalidCertificate] = [FaultNames.WrongPurpose, FaultNames.ClientAuthOnly, FaultNames.WrongIntermediate],
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, string> Meanings =
        FaultCatalogue.Words.ToFrozenDictionary(FaultCatalogue.MeaningOf, word => word, StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, string> SeenMeanings = Seen.Keys.ToFrozenDictionary(FaultNames.Words, name => name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The faults that a text can mean: one for a word of the catalogue or its meaning, several for what looks alike from outside, none for any other text.</summary>
    public static IReadOnlyList<string> FaultsOf(string text)
    {
        var said = text.Trim().TrimEnd('.');
        return (FaultCatalogue.Find(said) ?? Meanings.GetValueOrDefault(said)) is { } word
            ? [word]
            : Seen.GetValueOrDefault(SeenMeanings.GetValueOrDefault(said) ?? said) ?? [];
    }

    /// <summary>The name under which <c>check</c> reports a fault, if it is another one; null otherwise.</summary>
    public static string? NameOf(string word) => Seen.FirstOrDefault(seen => seen.Value is [var only] && only == word).Key;
}
