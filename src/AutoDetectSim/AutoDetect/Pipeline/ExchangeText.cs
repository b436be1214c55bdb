using AutoDetectSim.Protocols.Node;

namespace AutoDetectSim.AutoDetect.Pipeline;

/// <summary>Phrases about exchanges that several steps need.</summary>
internal static class ExchangeText
{
    /// <summary>The host, and the node where one is known.</summary>
    public static string Where(LabHttpExchange exchange) => exchange.Connection?.Node is { } node
        ? $"{exchange.Request.Uri.Host} (node {node})"
        : exchange.Request.Uri.Host;

    /// <summary>A sentence about an exchange that got no answer.</summary>
    public static string Failed(LabHttpExchange exchange)
    {
        var error = exchange.Error!;
        return exchange.Connection is { Node: { } node, Presented.Count: var presented and > 0 }
            ? $"The connection to {exchange.Request.Uri.Host} failed: {error.Code}. {Sentence(error.Message)} Node {node} presented {Certificates(presented)}."
            : $"The connection to {exchange.Request.Uri.Host} failed: {error.Code}. {Sentence(error.Message)}";
    }

    /// <summary>What to add when the caller's services and protocols leave nothing of an answer.</summary>
    public static string Unwanted(bool offered) => offered ? string.Empty : " The caller did not ask for that.";

    private static string Sentence(string message) => message.EndsWith('.') ? message : message + ".";

    private static string Certificates(int count) => count == 1 ? "one certificate" : $"{count} certificates";
}
