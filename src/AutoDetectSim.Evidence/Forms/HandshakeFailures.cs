using System.Globalization;
using System.Text.RegularExpressions;
using AutoDetectSim.Evidence.Calls;
using AutoDetectSim.Evidence.Envelope;
using AutoDetectSim.Protocols.Node;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Tls;

namespace AutoDetectSim.Evidence.Forms;

/// <summary>Why a connection or a handshake failed, in the words of OpenSSL, LibreSSL, GnuTLS, Schannel, curl, nmap and operating systems.</summary>
internal static partial class HandshakeFailures
{
    private static readonly (Regex Words, string Code, TransportFault Fault)[] Known =
    [
        (Refused(), NodeErrors.ConnectionRefused, TransportFault.Refused),
        (NotFound(), NodeErrors.NameNotFound, TransportFault.None),
        (Reset(), NodeErrors.ConnectionReset, TransportFault.Reset),
        (TimedOut(), NodeErrors.TimedOut, TransportFault.Dropped),
        (Unreachable(), NodeErrors.HostUnreachable, TransportFault.Dropped),
        (NotTls(), NodeErrors.ProtocolError, TransportFault.PlainHttp),
        (Closed(), NodeErrors.ConnectionReset, TransportFault.Closed),
    ];

    /// <summary>The failure that some lines tell, or null.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="isDone">Whether the handshake was completed: then the end of a connection is none.</param>
    public static CallFailure? Find(IReadOnlyList<EvidenceLine> lines, bool isDone)
    {
        foreach (var line in lines)
        {
            if (line.Text.Length < 2000 && Find(line.Text, line.Number, isDone) is { } failure)
            {
                return failure;
            }
        }

        return null;
    }

    /// <summary>The failure that a line tells, or null.</summary>
    public static CallFailure? Find(string text, int line, bool isDone)
    {
        if (AlertNumber().Match(text) is { Success: true } number && int.Parse(number.Groups["number"].Value, CultureInfo.InvariantCulture) is var alert and > 0 and not 90)
        {
            return new CallFailure(NodeErrors.ProtocolError, TransportFault.Alert, text, line) { Alert = NameOf(alert) };
        }

        if (AlertWords().Match(text) is { Success: true } words && NameOf(words.Groups["name"].Value) is { } name)
        {
            return new CallFailure(NodeErrors.ProtocolError, TransportFault.Alert, text, line) { Alert = name };
        }

        if (isDone)
        {
            return null;
        }

        if (OldVersion().IsMatch(text))
        {
            return new CallFailure(NodeErrors.ProtocolError, TransportFault.None, text, line)
            {
                OnlyVersions = ["1.0"],
                Deviation = $"line {line}: the server chose an old version of TLS, and nothing says which; 1.0 is assumed",
            };
        }

        if (Renegotiation().IsMatch(text))
        {
            return new CallFailure(NodeErrors.ProtocolError, TransportFault.Alert, text, line)
            {
                Alert = "handshake_failure",
                Deviation = $"line {line}: the server cannot renegotiate securely (RFC 5746), which OpenSSL 3 refuses; the lab's node sends an alert instead, with the same code",
            };
        }

        if (Schannel().IsMatch(text))
        {
            return new CallFailure(NodeErrors.ProtocolError, TransportFault.Alert, text, line)
            {
                Alert = "handshake_failure",
                Deviation = $"line {line}: Windows does not say which alert the server sent; handshake_failure is assumed",
            };
        }

        foreach (var (pattern, code, fault) in Known)
        {
            if (pattern.IsMatch(text))
            {
                return new CallFailure(code, fault, text, line);
            }
        }

        return null;
    }

    private static string NameOf(int number) => TlsAlertNames.TryParse(((TlsAlertDescription)Math.Clamp(number, 0, 255)).ToRfcName(), out var known) ? known.ToRfcName() : "handshake_failure";

    private static string? NameOf(string words) => words.ToLowerInvariant() switch
    {
        "handshake failure" => "handshake_failure",
        "protocol version" or "a tls version that is not supported" => "protocol_version",
        "unrecognized name" or "unrecognised name" or "the server name sent was not recognized" => "unrecognized_name",
        "internal error" => "internal_error",
        "certificate required" => "certificate_required",
        "bad certificate" or "certificate is bad" => "bad_certificate",
        "access denied" or "access was denied" => "access_denied",
        "insufficient security" => "insufficient_security",
        "decode error" => "decode_error",
        "no application protocol" => "no_application_protocol",
        _ => null,
    };

    [GeneratedRegex("SSL alert number (?<number>[0-9]{1,3})", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AlertNumber();

    [GeneratedRegex("(tlsv1[0-9]* alert|sslv3 alert|ssl/tls alert|Received alert \\[[0-9]+\\]:|alert received:|\\(IN\\), TLS alert,) ?(?<name>handshake failure|protocol version|unrecognized name|internal error|certificate required|bad certificate|access denied|insufficient security|decode error|no application protocol|The server name sent was not recognized|Certificate is bad|Access was denied)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AlertWords();

    [GeneratedRegex("errno=(111|61|10061)([^0-9]|$)|connection refused|actively refused|ERR_CONNECTION_REFUSED", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Refused();

    [GeneratedRegex("name or service not known|nodename nor servname|no such host is known|gethostbyname failure|could not resolve|cannot resolve|failed to resolve|No IPv4/IPv6 address|host not found|remote name could not be resolved|ERR_NAME_NOT_RESOLVED|no address associated", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex NotFound();

    [GeneratedRegex("errno=(104|54|10054)([^0-9]|$)|connection reset|connection was reset|error in the pull function|forcibly closed|ERR_CONNECTION_RESET|connection abort", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Reset();

    [GeneratedRegex("errno=(110|60|10060)([^0-9]|$)|timed out|operation timeout|ERR_(CONNECTION_)?TIMED_OUT|Timeout was reached", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TimedOut();

    [GeneratedRegex("errno=(113|101|65|51|10065|10051)([^0-9]|$)|no route to host|network is unreachable|ERR_ADDRESS_UNREACHABLE", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Unreachable();

    [GeneratedRegex("wrong version number|unknown protocol|packet length too long|record layer failure|:http request|unexpected TLS packet|ERR_SSL_PROTOCOL_ERROR|SEC_E_INVALID_TOKEN", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex NotTls();

    [GeneratedRegex("(write|read):errno=0|unexpected eof while reading|SSL_ERROR_SYSCALL|non-properly terminated|ERR_CONNECTION_CLOSED|connection was closed|ERR_EMPTY_RESPONSE|failed to receive handshake|handshake.*premature", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Closed();

    [GeneratedRegex("unsupported protocol|legacy sigalg disallowed|no protocols available|wrong ssl version|ERR_SSL_VERSION_OR_CIPHER_MISMATCH|ERR_SSL_OBSOLETE_VERSION|SEC_E_UNSUPPORTED_FUNCTION", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex OldVersion();

    [GeneratedRegex("SEC_E_(ILLEGAL_MESSAGE|ALGORITHM_MISMATCH)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Schannel();

    [GeneratedRegex("unsafe legacy renegotiation disabled", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Renegotiation();
}
