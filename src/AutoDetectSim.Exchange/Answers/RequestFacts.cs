using System.Globalization;
using System.Text;

namespace AutoDetectSim.Exchange.Answers;

/// <summary>
/// What the front end found out about one request; answers are made from it. Where a mapping server answers, each fact is
/// sent to it as a request header <c>X-AutoDetectSim-NAME</c>, which mappings match on and fill answers from. None reaches
/// the client, and none that the client sends is believed.
/// </summary>
internal sealed class RequestFacts
{
    /// <summary>What all private header names start with.</summary>
    public const string HeaderPrefix = "X-AutoDetectSim-";

    /// <summary>The organization's name in the scenario, or <see cref="ExchangeOnline"/>'s.</summary>
    public const string Organization = "Organization";

    /// <summary>The node's name in the scenario.</summary>
    public const string Node = "Node";

    /// <summary>Operation and case in one, <c>autodiscover.json/success</c>: what generated mappings match on.</summary>
    public const string Answer = "Answer";

    /// <summary>The name of the node that holds the mailbox.</summary>
    public const string Server = "Server";

    /// <summary>The build that the node runs.</summary>
    public const string Build = "Build";

    /// <summary>The host name that the client asked for, without port.</summary>
    public const string Host = "Host";

    /// <summary>The realm of a Basic challenge: the host, or the node's own address when the client sent no Host ([RECON]).</summary>
    public const string Realm = "Realm";

    /// <summary>Which interface was asked: one of <see cref="Operations"/>.</summary>
    public const string Operation = "Operation";

    /// <summary>How the interface answers, for example <c>success</c> or <c>protocolNotSupported</c>.</summary>
    public const string Case = "Case";

    /// <summary>The address that the request is about.</summary>
    public const string Email = "Email";

    /// <summary>The AutoDiscover V2 protocol in the casing of the request.</summary>
    public const string Protocol = "Protocol";

    /// <summary>The RedirectCount that a redirect carries.</summary>
    public const string RedirectCount = "RedirectCount";

    /// <summary>The URL that the answer names.</summary>
    public const string Url = "Url";

    /// <summary>The display name of the mailbox.</summary>
    public const string DisplayName = "DisplayName";

    /// <summary>The ActiveSync command.</summary>
    public const string Command = "Command";

    /// <summary>The ActiveSync protocol version of the request.</summary>
    public const string Version = "Version";

    /// <summary>The ActiveSync status of the answer.</summary>
    public const string Status = "Status";

    /// <summary>The time of day of an error, as the server writes it.</summary>
    public const string Time = "Time";

    /// <summary>The policy key that the answer gives.</summary>
    public const string PolicyKey = "PolicyKey";

    /// <summary>The addresses that a SOAP request is about, separated by spaces.</summary>
    public const string Users = "Users";

    /// <summary>The settings that a SOAP request asks for, separated by spaces.</summary>
    public const string Settings = "Settings";

    /// <summary>The text of an error, where the request decides it.</summary>
    public const string Detail = "Detail";

    /// <summary>The number by which Entra's support would find the request.</summary>
    public const string TraceId = "TraceId";

    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The facts by name.</summary>
    public IReadOnlyDictionary<string, string> Values => _values;

    /// <summary>A fact, or the empty string when it was not set. Throws nothing.</summary>
    public string this[string name]
    {
        get => _values.GetValueOrDefault(name, "");
        set => _values[name] = value;
    }

    /// <summary>Whether a header is between the front end and the mapping server, and never seen by a client.</summary>
    public static bool IsPrivate(string header) => header.StartsWith(HeaderPrefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>The facts of one request: what every call has, and what the verdict adds.</summary>
    public static RequestFacts Of(ExchangeRequest request, string organization, string operation, Handling verdict)
    {
        var facts = new RequestFacts
        {
            [Organization] = organization,
            [Node] = request.Node.Definition.Name,
            [Server] = verdict.MailboxServer ?? request.Node.Definition.Name,
            [Build] = request.Node.Build.Version.ToString(),
            [Host] = request.Host,
            [Realm] = request.Host.Length > 0 ? request.Host : request.Node.InternalAddress,
            [Operation] = operation,
            [Case] = verdict.Case,
            [Answer] = AnswerDefinition.KeyOf(operation, verdict.Case),
        };
        foreach (var (name, value) in verdict.Facts)
        {
            facts[name] = value;
        }

        return facts;
    }

    /// <summary>
    /// The value as a header carries it: printable ASCII is unchanged; everything else, the percent sign, and a space at
    /// either end, which a header would lose, are percent-encoded in UTF-8. No value can break out of its header.
    /// </summary>
    public static string Encode(string value)
    {
        var start = value.AsSpan().IndexOfAnyExceptInRange(' ', '~');
        if (start < 0 && !value.Contains('%', StringComparison.Ordinal) && value is not ([' ', ..] or [.., ' ']))
        {
            return value;
        }

        var text = new StringBuilder(value.Length + 16);
        var units = Encoding.UTF8.GetBytes(value);
        for (var index = 0; index < units.Length; index++)
        {
            var unit = units[index];
            var isInside = index > 0 && index < units.Length - 1;
            if (unit is > 0x20 and <= 0x7E and not (byte)'%' || (unit == 0x20 && isInside))
            {
                text.Append((char)unit);
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"%{unit:X2}");
            }
        }

        return text.ToString();
    }

    /// <summary>The facts in the headers of a request to the mapping server.</summary>
    public static RequestFacts FromHeaders(IEnumerable<KeyValuePair<string, string>> headers)
    {
        var facts = new RequestFacts();
        foreach (var (name, value) in headers)
        {
            if (IsPrivate(name))
            {
                facts[name[HeaderPrefix.Length..]] = Uri.UnescapeDataString(value);
            }
        }

        return facts;
    }
}

/// <summary>The values of <see cref="RequestFacts.Operation"/>.</summary>
internal static class Operations
{
    public const string AutoDiscoverV2 = "autodiscover.json";
    public const string AutoDiscoverPox = "autodiscover.xml";
    public const string AutoDiscoverSoap = "autodiscover.svc";
    public const string ActiveSync = "activesync";
    public const string HealthCheck = "healthcheck";
    public const string Ews = "ews";
    public const string Owa = "owa";
    public const string Ecp = "ecp";
    public const string Mapi = "mapi";
    public const string Rpc = "rpc";
    public const string Oab = "oab";
    public const string PowerShell = "powershell";
    public const string Rest = "api";
    public const string Login = "login";
    public const string Device = "device";
    public const string Iis = "iis";
    public const string Other = "other";
}
