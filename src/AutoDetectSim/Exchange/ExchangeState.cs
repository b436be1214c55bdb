using AutoDetectSim.Exchange.Answers;
using AutoDetectSim.Exchange.Organizations;

namespace AutoDetectSim.Exchange;

/// <summary>What the Exchange servers of one scenario are and answer.</summary>
/// <param name="Directory">The organizations and their servers.</param>
/// <param name="Interfaces">The interfaces; the first that accepts a request has it.</param>
/// <param name="Answers">What mappings are generated from, by organization.</param>
/// <param name="Files">The mapping files that add to them.</param>
/// <param name="Online">The simulated Exchange Online.</param>
internal sealed record ExchangeState(
    ExchangeDirectory Directory,
    IReadOnlyList<IExchangeInterface> Interfaces,
    IReadOnlyDictionary<string, IReadOnlyList<AnswerDefinition>> Answers,
    MappingFiles Files,
    ExchangeOnline Online);
