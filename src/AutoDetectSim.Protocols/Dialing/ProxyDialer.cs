using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using AutoDetectSim.Protocols.Node;

namespace AutoDetectSim.Protocols.Dialing;

/// <summary>Connects through an HTTP proxy by CONNECT (RFC 9110 9.3.6).</summary>
internal sealed partial class ProxyDialer(Uri proxy, ITransportDialer dialer) : ITransportDialer
{
    /// <summary>Maximum size of the proxy's response in bytes.</summary>
    private const int MaximumAnswer = 16 * 1024;

    /// <summary>The address of a lab's gateway for a caller that claims a source address: the gateway takes it as the user name of the proxy.</summary>
    public static Uri WithSource(Uri gateway, IPAddress? source) =>
        source is null ? gateway : new UriBuilder(gateway) { UserName = Uri.EscapeDataString(source.ToString()), Password = "" }.Uri;

    public async Task<Stream> DialAsync(string host, int port, CancellationToken cancellationToken)
    {
        var stream = await dialer.DialAsync(proxy.Host, proxy.Port, cancellationToken);
        try
        {
            var authorization = proxy.UserInfo.Length == 0
                ? ""
                : "Proxy-Authorization: Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(proxy.UserInfo.Contains(':', StringComparison.Ordinal) ? proxy.UserInfo : proxy.UserInfo + ":"))) + "\r\n";
            var authority = host.Contains(':', StringComparison.Ordinal) ? $"[{host}]:{port}" : $"{host}:{port}";
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"CONNECT {authority} HTTP/1.1\r\nHost: {authority}\r\n{authorization}\r\n"), cancellationToken);
            var head = await ReadHeadAsync(stream, cancellationToken);
            var status = StatusOf(head);
            if (status is < 200 or > 299)
            {
                var reason = await ReadReasonAsync(stream, head, cancellationToken);
                throw new DialException(new NodeError(
                    CodeOf(reason) ?? (status == 504 ? NodeErrors.TimedOut : NodeErrors.ConnectionRefused),
                    $"The proxy {proxy.Host}:{proxy.Port} does not connect to {authority}: {head.Split("\r\n")[0]}{(reason.Length == 0 ? "" : ": " + reason)}"));
            }

            return stream;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    private static int StatusOf(string head)
    {
        var parts = head.Split(' ', 3);
        return parts.Length > 1 && parts[0].StartsWith("HTTP/1.", StringComparison.Ordinal) && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var status) ? status : 0;
    }

    /// <summary>The gateway of a lab begins its refusal with the code of what went wrong behind it; what another proxy writes there is not trusted to be one.</summary>
    private static string? CodeOf(string reason) => Code().Match(reason).Groups["code"].Value is var code && NodeErrors.Describe(code) is not null ? code : null;

    /// <summary>The beginning of the refusal's body. A body whose length is not told is not waited for.</summary>
    private static async Task<string> ReadReasonAsync(Stream stream, string head, CancellationToken cancellationToken)
    {
        const int Most = 512;
        if (!int.TryParse(ContentLength().Match(head).Groups["length"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var length))
        {
            return "";
        }

        var reason = new byte[Math.Min(length, Most)];
        var read = await stream.ReadAtLeastAsync(reason, reason.Length, throwOnEndOfStream: false, cancellationToken);
        return Encoding.UTF8.GetString(reason, 0, read).Split('\n')[0].Trim();
    }

    [GeneratedRegex("^(?<code>E[A-Z_]{2,20}): ", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Code();

    [GeneratedRegex("^Content-Length: *(?<length>[0-9]{1,9})\\s*$", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ContentLength();

    private static async Task<string> ReadHeadAsync(Stream stream, CancellationToken cancellationToken)
    {
        // One byte at a time: what follows the head belongs to the tunnel.
        var head = new List<byte>(256);
        var one = new byte[1];
        while (head.Count < MaximumAnswer && await stream.ReadAsync(one, cancellationToken) == 1)
        {
            head.Add(one[0]);
            if (head.Count >= 4 && head[^1] == '\n' && head[^2] == '\r' && head[^3] == '\n' && head[^4] == '\r')
            {
                break;
            }
        }

        return Encoding.Latin1.GetString([.. head]);
    }
}
