using AutoDetectSim.Network;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Diagnosis.Probing;

/// <summary>Makes clients of the front door of a lab in this process.</summary>
internal static class LabFrontDoor
{
    public static FrontDoorClient CreateClient(Lab lab, int concurrency) =>
        new(new LabDialer(lab.Network), lab.Anchors, lab.DetectUrl, lab.Scenario.Edition == Edition.Kestrel2025, concurrency, lab.Options.TimeProvider);
}
