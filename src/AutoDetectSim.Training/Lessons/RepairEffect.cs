using System.Text.Json.Serialization;

namespace AutoDetectSim.Training.Lessons;

/// <summary>What a repair has done to the lab.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RepairEffect>))]
internal enum RepairEffect
{
    /// <summary>Something that was broken is as it should be.</summary>
    [JsonStringEnumMemberName("helped")]
    Helped,

    /// <summary>Nothing that matters is different.</summary>
    [JsonStringEnumMemberName("noEffect")]
    NoEffect,

    /// <summary>Something is worse than before.</summary>
    [JsonStringEnumMemberName("harmful")]
    Harmful,
}
