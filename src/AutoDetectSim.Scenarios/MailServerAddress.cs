using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using AutoDetectSim.Documents;

namespace AutoDetectSim.Scenarios;

/// <summary>A port of a mail server, as in <c>imap://mail.contoso.com:993</c>.</summary>
/// <param name="Host">The host.</param>
/// <param name="Port">The port, one of its protocol.</param>
internal sealed record MailServerAddress(string Host, MailPort Port)
{
    /// <summary>Reads an address in its written form.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out MailServerAddress? server)
    {
        server = text.Split("://") is [var scheme, var rest] && rest.Split(':') is [{ Length: > 0 } host, var number]
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var wanted)
            && MailPort.All.FirstOrDefault(port => port.Number == wanted && string.Equals(CamelCase<MailProtocol>.Of(port.Protocol), scheme, StringComparison.OrdinalIgnoreCase)) is { } port
                ? new MailServerAddress(host, port)
                : null;
        return server is not null;
    }
}
