using System.Text;
using System.Text.RegularExpressions;
using AutoDetectSim.Documents;

namespace AutoDetectSim.Regression.Adapters;

/// <summary>
/// What a tool can learn about its lab, once as placeholders such as <c>{detectUrl}</c> in its command, and once as environment
/// variables such as <c>AUTODETECTSIM_DETECT_URL</c>.
/// </summary>
internal sealed class Placeholders
{
    private const string VariablePrefix = "AUTODETECTSIM_";

    // Doubled braces stand for braces, so that {{host}} is {host}; other braces are none of our business.
    private static readonly Regex Form = new(@"\{\{(?<literal>[A-Za-z]+)\}\}|\{(?<name>[A-Za-z]+)\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking);

    private readonly IReadOnlyDictionary<string, string?> _values;

    /// <param name="values">The value of each of <see cref="Known"/>; null where the lab has none.</param>
    public Placeholders(IReadOnlyDictionary<string, string?> values) => _values = values;

    /// <summary>Every placeholder, with its meaning.</summary>
    public static IReadOnlyDictionary<string, string> Known { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [Host] = "the host to judge",
        [Url] = "the https URL at that host that AutoDetect requests",
        [Email] = "the address of the mailbox",
        [Gateway] = "the lab's HTTP proxy, as a URL",
        [GatewayEndpoint] = "the lab's HTTP proxy, as ADDRESS:PORT",
        [Root] = "a PEM file with every root that the lab's clients trust",
        [TrustStore] = "the same roots as a PKCS #12 file without a password, for Java",
        [Endpoint] = "ADDRESS:PORT on this computer where the host's virtual IP listens, for tools that connect directly",
        [Address] = "the address of {endpoint}",
        [Port] = "the port of {endpoint}",
        [Dns] = "ADDRESS:PORT of a DNS server with the lab's zone",
        [DnsAddress] = "the address of {dns}",
        [DnsPort] = "the port of {dns}",
        [DetectUrl] = "the URL of AutoDetect, without a query",
        [Scenario] = "the name of the scenario",
        [Report] = "a file for the tool's answer; new for every run",
    };

    public const string Host = "host";
    public const string Url = "url";
    public const string Email = "email";
    public const string Gateway = "gateway";
    public const string GatewayEndpoint = "gatewayEndpoint";
    public const string Root = "root";
    public const string TrustStore = "trustStore";
    public const string Endpoint = "endpoint";
    public const string Address = "address";
    public const string Port = "port";
    public const string Dns = "dns";
    public const string DnsAddress = "dnsAddress";
    public const string DnsPort = "dnsPort";
    public const string DetectUrl = "detectUrl";
    public const string Scenario = "scenario";
    public const string Report = "report";

    /// <summary>Placeholders of a text that do not exist and look like one that does, each with that one.</summary>
    public static IEnumerable<(string Word, string Nearest)> Misspelled(string text) =>
        from Match match in Form.Matches(text)
        let word = match.Groups["name"].Value
        where word.Length > 0 && !Known.ContainsKey(word)
        let nearest = NearestName.Find(word, Known.Keys)
        where nearest is not null
        select (word, nearest);

    /// <summary>The value of a placeholder, or null.</summary>
    public string? this[string name] => _values.GetValueOrDefault(name);

    /// <summary>The text with its placeholders filled in.</summary>
    /// <param name="text">The text.</param>
    /// <param name="escape">What is done to each value before it is put in.</param>
    /// <exception cref="PlaceholderException">The lab has no value for one of them.</exception>
    public string Fill(string text, Func<string, string>? escape = null) => Form.Replace(text, match =>
    {
        if (match.Groups["literal"] is { Success: true } literal)
        {
            return "{" + literal.Value + "}";
        }

        var name = match.Groups["name"].Value;
        if (!Known.ContainsKey(name))
        {
            return match.Value;
        }

        var value = this[name] ?? throw new PlaceholderException(name);
        return escape is null ? value : escape(value);
    });

    /// <summary>The environment variables; null for one that must not be set.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Variables() =>
        Known.Keys.Select(name => KeyValuePair.Create(VariableOf(name), this[name]));

    /// <summary>The environment variable with the value of a placeholder.</summary>
    public static string VariableOf(string name)
    {
        var variable = new StringBuilder(VariablePrefix);
        foreach (var letter in name)
        {
            if (char.IsUpper(letter))
            {
                variable.Append('_');
            }

            variable.Append(char.ToUpperInvariant(letter));
        }

        return variable.ToString();
    }
}

/// <summary>A lab has no value for a placeholder.</summary>
internal sealed class PlaceholderException(string name) : Exception($"The lab has no {{{name}}} here.")
{
    /// <summary>The placeholder.</summary>
    public string Name { get; } = name;
}
