using AutoDetectSim.Network.Mail;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Network.LoadBalancing;

/// <summary>What one node does at the ports of one mail protocol.</summary>
/// <param name="Identity">What it presents.</param>
/// <param name="Begin">Begins a conversation at a port.</param>
internal sealed record MailServer(NodeIdentity Identity, Func<MailPort, LabConnection, IMailConversation> Begin)
{
    /// <summary>False: the service is stopped.</summary>
    public bool IsRunning { get; init; } = true;
}
