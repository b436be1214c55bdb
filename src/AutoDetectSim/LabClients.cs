using AutoDetectSim.Certificates.Clients;
using AutoDetectSim.Protocols.Aia;

namespace AutoDetectSim;

/// <summary>Clients of the lab of this process.</summary>
internal static class LabClients
{
    /// <summary>Downloads from the lab's AIA server, as one program after the other.</summary>
    public static AiaClient Issuers(Lab lab) => new(new LabAiaTransport(lab.Client, () => lab.Network.Connections.NewExternalCaller()), AiaClient.UsualTimeout);

    /// <summary>A new client of one kind, without cached intermediates.</summary>
    public static ClientEmulator New(Lab lab, ClientProfile profile) => new(profile, lab.Validator, lab.Anchors, Issuers(lab));
}
