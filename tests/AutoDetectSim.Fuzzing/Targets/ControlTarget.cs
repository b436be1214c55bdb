using System.Text.Json.Serialization.Metadata;
using AutoDetectSim.Cli.Learn;
using AutoDetectSim.Control;
using Microsoft.AspNetCore.Http;

namespace AutoDetectSim.Fuzzing.Targets;

/// <summary>Bodies that control servers take: those of a lab, and those of a lesson.</summary>
internal static class ControlTarget
{
    public static void Read(ReadOnlySpan<byte> input)
    {
        var bytes = input.ToArray();
        Read(bytes, LabApiJson.Default.WantedChange);
        Read(bytes, LearnJson.Default.TraineeDiagnosis);
        Read(bytes, LearnJson.Default.AnswerRequest);
        Read(bytes, LearnJson.Default.RepairRequest);
        Read(bytes, LearnJson.Default.LogRequest);
        Read(bytes, LearnJson.Default.ExplanationRequest);
        Read(bytes, LearnJson.Default.PlainRequest);
    }

    private static void Read<T>(byte[] bytes, JsonTypeInfo<T> type)
    {
        var context = new DefaultHttpContext();
        context.Request.Body = new MemoryStream(bytes);
        try
        {
            _ = ControlServer.ReadAsync(context, type).GetAwaiter().GetResult();
        }
        catch (ControlException exception) when (exception.Status is >= 400 and < 500)
        {
            // Refused in words.
        }
    }
}
