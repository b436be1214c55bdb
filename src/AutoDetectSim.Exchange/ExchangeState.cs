using AutoDetectSim.Exchange.Answers;
using AutoDetectSim.Exchange.Organizations;

namespace AutoDetectSim.Exchange;

/// <summary>What the Exchange servers of one scenario are and answer.</summary>
/// <param name="Directory">The organizations and their servers.</param>
/// <param name="Interfaces">The interfaces; the first that accepts a request has it.</param>
/// <param name="Generated">The generated answers.</param>
/// <param name="Files">The mapping files that add to them.</param>
/// <param name="Answers">Gives the answers.</param>
/// <param name="Online">The simulated Exchange Online.</param>
internal sealed record ExchangeState(
    ExchangeDirectory Directory,
    IReadOnlyList<IExchangeInterface> Interfaces,
    AnswerTable Generated,
    MappingFiles Files,
    IAnswerSource Answers,
    ExchangeOnline Online);
