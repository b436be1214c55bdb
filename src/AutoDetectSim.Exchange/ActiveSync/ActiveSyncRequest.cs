using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace AutoDetectSim.Exchange.ActiveSync;

/// <summary>What the URL and headers of an ActiveSync request say, in either form of the query (MS-ASHTTP section 2.2.1.1.1).</summary>
internal sealed record ActiveSyncRequest
{
    // MS-ASHTTP section 2.2.1.1.1.1.2, command codes.
    private static readonly string[] CommandsByCode =
    [
        "Sync", "SendMail", "SmartForward", "SmartReply", "GetAttachment", "", "", "", "", "FolderSync", "FolderCreate", "FolderDelete", "FolderUpdate",
        "MoveItems", "GetItemEstimate", "MeetingResponse", "Search", "Settings", "Ping", "ItemOperations", "Provision", "ResolveRecipients", "ValidateCert", "Find",
    ];

    /// <summary>The command in the spelling of the protocol, or null when the request names none that exists.</summary>
    public string? Command { get; private init; }

    /// <summary>The device's identifier, or the empty string.</summary>
    public string DeviceId { get; private init; } = "";

    /// <summary>The device's type, or the empty string.</summary>
    public string DeviceType { get; private init; } = "";

    /// <summary>The protocol version, for example 14.1; 2.5 when the request does not say it.</summary>
    public Version ProtocolVersion { get; private init; } = new(2, 5);

    /// <summary>The policy key that the client holds, or null.</summary>
    public uint? PolicyKey { get; private init; }

    /// <summary>Reads a request; false when its query is neither form.</summary>
    public static bool TryRead(ExchangeRequest request, out ActiveSyncRequest result)
    {
        var headers = request.Context.Request.Headers;
        var query = request.Context.Request.QueryString.Value ?? "";
        if (query.Length > 1 && IsEncoded(query) && TryReadEncoded(query[1..], out result))
        {
            return true;
        }

        result = new ActiveSyncRequest
        {
            Command = Known(request.Query("Cmd")),
            DeviceId = request.Query("DeviceId") ?? "",
            DeviceType = request.Query("DeviceType") ?? "",
            ProtocolVersion = Version.TryParse(headers["MS-ASProtocolVersion"], out var version) ? version : new Version(2, 5),
            PolicyKey = uint.TryParse(headers["X-MS-PolicyKey"], NumberStyles.None, CultureInfo.InvariantCulture, out var key) ? key : null,
        };
        return request.Query("Cmd") is not null;
    }

    // Base64 has its equals signs at the end alone; a query of names and values has one in its midst.
    private static bool IsEncoded(string query) => query.TrimEnd('=').IndexOfAny(['=', '&']) < 0;

    private static string? Known(string? command) =>
        string.IsNullOrEmpty(command) ? null : Array.Find(CommandsByCode, one => string.Equals(one, command, StringComparison.OrdinalIgnoreCase));

    private static bool TryReadEncoded(string text, out ActiveSyncRequest result)
    {
        result = new ActiveSyncRequest();
        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(Uri.UnescapeDataString(text), bytes, out var length) || length < 7)
        {
            return false;
        }

        var rest = bytes.AsSpan(0, length);
        var version = rest[0];
        var code = rest[1];
        rest = rest[4..];
        if (!TryTake(ref rest, out var device) || !TryTake(ref rest, out var policy) || !TryTake(ref rest, out var type) || policy.Length is not (0 or 4))
        {
            return false;
        }

        result = new ActiveSyncRequest
        {
            Command = code < CommandsByCode.Length && CommandsByCode[code].Length > 0 ? CommandsByCode[code] : null,
            DeviceId = Convert.ToHexString(device),
            DeviceType = Encoding.ASCII.GetString(type),
            ProtocolVersion = new Version(version / 10, version % 10),
            PolicyKey = policy.Length == 4 ? BinaryPrimitives.ReadUInt32LittleEndian(policy) : null,
        };
        return true;
    }

    private static bool TryTake(ref Span<byte> rest, out Span<byte> part)
    {
        part = default;
        if (rest.IsEmpty || rest[0] > rest.Length - 1)
        {
            return false;
        }

        part = rest.Slice(1, rest[0]);
        rest = rest[(1 + rest[0])..];
        return true;
    }
}
