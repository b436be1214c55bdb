using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Control;
using AutoDetectSim.Documents;
using AutoDetectSim.Documents.Files;
using AutoDetectSim.Protocols.Http;

namespace AutoDetectSim.Cli.Run;

/// <summary>Where everything of a running lab listens. Its JSON form is a contract: members are added, never renamed.</summary>
internal sealed record ReadyFile
{
    private const int MaximumSize = 64 * 1024 * 1024;

    public required string Scenario { get; init; }

    public required int Seed { get; init; }

    public required string Gateway { get; init; }

    /// <summary>The DNS server as <c>address:port</c>; null when the lab serves none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string? Dns { get; init; }

    /// <summary>Path of a PEM file with every trust anchor of the lab.</summary>
    public required string RootCertificate { get; init; }

    /// <summary>Path of the same as a PKCS #12 file without a password, for Java.</summary>
    public required string TrustStore { get; init; }

    public required string DetectUrl { get; init; }

    public required IReadOnlyList<ReadyVirtualIp> VirtualIps { get; init; }

    /// <summary>Where WireMock's admin API answers; not there without <c>--wiremock-admin</c>.</summary>
    public string? WireMockAdmin { get; init; }

    /// <summary>The token that it takes as <c>Authorization: Bearer TOKEN</c>.</summary>
    public string? WireMockToken { get; init; }

    /// <summary>Where Prometheus reads metrics; absent without <c>--metrics-port</c>.</summary>
    public string? MetricsUrl { get; init; }

    /// <summary>How other processes change the lab; absent without <c>--control</c>.</summary>
    public ControlAccess? Control { get; init; }

    /// <summary>The process of the lab, by which a later one recognizes a file that was left behind.</summary>
    public string? Owner { get; init; }

    /// <summary>Whether every member can be what a lab writes: shells, terminals and HTTP headers get them.</summary>
    private bool IsSound =>
        IsHere(Gateway) && WebAddress.TryParse(DetectUrl, out var detect) && (detect.Scheme == Uri.UriSchemeHttps || detect.Scheme == Uri.UriSchemeHttp)
        && (Dns is null || IPEndPoint.TryParse(Dns, out _))
        && (WireMockAdmin is null || IsHere(WireMockAdmin))
        && (MetricsUrl is null || IsHere(MetricsUrl))
        && (Control is null || (IsHere(Control.Url) && Control.Token.All(char.IsAsciiLetterOrDigit)))
        && (WireMockToken is null || WireMockToken.All(char.IsAsciiLetterOrDigit))
        && VirtualIps.All(one => IPEndPoint.TryParse(one.Endpoint, out _) && IPAddress.TryParse(one.Address, out _) && one.Port is > 0 and <= IPEndPoint.MaxPort)
        && !VirtualIps.SelectMany(one => (IEnumerable<string>)[one.Name, .. one.Hosts, .. one.Nodes]).Concat([Scenario, RootCertificate, TrustStore, DetectUrl]).Any(text => text.Any(EscapedText.IsControl));

    /// <summary>Ready files, which can have the token of the lab's control server in them.</summary>
    public static OutputKind Kind { get; } = new("ready file") { IsSecret = true, IsOurs = ContentSeal.Json.IsOn };

    /// <summary>Describes a running lab.</summary>
    public static ReadyFile Of(Lab lab, RootCertificateFile root, ControlAccess? control) => new()
    {
        Scenario = lab.Scenario.Name,
        Seed = lab.Scenario.Seed,
        Gateway = lab.Gateway.GetLeftPart(UriPartial.Authority),
        Dns = lab.DnsEndPoint?.ToString(),
        RootCertificate = root.Path,
        TrustStore = root.TrustStore,
        DetectUrl = lab.DetectUrl.ToString(),
        VirtualIps = [.. lab.Network.VirtualIps.Select(virtualIp => new ReadyVirtualIp
        {
            Name = virtualIp.Name,
            Hosts = virtualIp.Hosts,
            IsCustomer = lab.Network.CustomerVirtualIps.Contains(virtualIp),
            Address = virtualIp.Address.ToString(),
            Port = virtualIp.Port,
            Endpoint = virtualIp.EndPoint!.ToString(),
            Nodes = [.. virtualIp.Balancer.Nodes.Select(node => node.Name)],
        })],
        WireMockAdmin = lab.WireMockAdmin?.ToString(),
        WireMockToken = lab.WireMockAdmin is null ? null : lab.WireMockToken,
        Control = control,
        Owner = ProcessMark.Mine,
    };

    private static bool IsHere(string url) => WebAddress.TryParse(url, out var address) && address.Scheme == Uri.UriSchemeHttp && address.IsLoopback && !url.Any(EscapedText.IsControl);

    /// <summary>Writes the file in one step: readers never see part of it.</summary>
    /// <exception cref="OutputFileException">The file cannot be written.</exception>
    public void Write(OutputFile file) => file.Write(ContentSeal.Json.Seal(ReadableJson.Text(this, ReadyFileJson.Default.ReadyFile)));

    /// <summary>Reads the file of a running lab, and checks what is in it.</summary>
    /// <exception cref="JsonException">It is not a ready file.</exception>
    public static ReadyFile Parse(string path, int largest) =>
        StrangersJson.Read(InputFile.Read(path, largest), ReadyFileJson.Default.ReadyFile) is { IsSound: true } read ? read : throw new JsonException();

    /// <summary>Reads the file of a running lab.</summary>
    /// <exception cref="InputException">There is none, or it is not a ready file.</exception>
    public static ReadyFile Read(FileInfo path)
    {
        try
        {
            return Parse(path.FullName, MaximumSize);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new InputException($"{path.FullName}: {(exception is JsonException ? "not a ready file of 'run --ready-file'." : exception.Message)}");
        }
    }
}

/// <summary>One virtual IP of a running lab.</summary>
internal sealed record ReadyVirtualIp
{
    public required string Name { get; init; }

    public required IReadOnlyList<string> Hosts { get; init; }

    /// <summary>Whether it belongs to the customer, and not to Microsoft or another service.</summary>
    [JsonPropertyName("customer")]
    public bool IsCustomer { get; init; }

    /// <summary>The address in the lab network.</summary>
    public required string Address { get; init; }

    /// <summary>The port in the lab network.</summary>
    public required int Port { get; init; }

    /// <summary>Where this machine reaches it.</summary>
    public required string Endpoint { get; init; }

    public required IReadOnlyList<string> Nodes { get; init; }
}

/// <summary>Source-generated JSON of the ready file.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ReadyFile))]
internal sealed partial class ReadyFileJson : JsonSerializerContext;
