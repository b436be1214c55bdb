namespace AutoDetectSim.Diagnosis.Reports;

/// <summary>Clients with the same verdict on every chain of a host, for the same reason.</summary>
/// <param name="Clients">The clients, each with its verdicts in the order of the chains.</param>
/// <param name="Because">The reason.</param>
internal sealed record ClientGroup(IReadOnlyList<IReadOnlyList<ClientDocument>> Clients, string Because)
{
    /// <summary>The clients of a host in their order, those that are alike together.</summary>
    public static IReadOnlyList<ClientGroup> Of(HostDocument host) =>
    [
        .. Enumerable.Range(0, host.Chains.Count == 0 ? 0 : host.Chains[0].Clients.Count)
            .Select(index => (IReadOnlyList<ClientDocument>)[.. host.Chains.Select(chain => chain.Clients[index])])
            .GroupBy(verdicts => (Because: ClientDocument.Telling(verdicts).Because, Passes: string.Join('\n', verdicts.Select(ReportText.Passes))))
            .Select(group => new ClientGroup([.. group], group.Key.Because)),
    ];
}
