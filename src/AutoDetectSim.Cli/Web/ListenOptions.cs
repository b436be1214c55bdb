using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Documents.Files;

namespace AutoDetectSim.Cli.Web;

/// <summary>The options that say where a console listens and whom it lets in.</summary>
internal sealed class ListenOptions
{
    private const string PasswordVariable = "AUTODETECTSIM_PASSWORD";
    private const int ShortestPassword = 8;
    private const int ShortestToken = 32;
    private const int LargestFile = 4096;

    private readonly Option<int> _port;
    private readonly Option<IPEndPoint?> _listen = CheckedOption.EndPoint("--listen", "Address to listen on, for other computers too. Beyond loopback it requires a password, --token-file or --allow.", 0);
    private readonly Option<FileInfo?> _passwordFile = new("--password-file") { Description = $"With --listen: file whose first line is the password that the console asks for. Default: the variable {PasswordVariable}." };
    private readonly Option<FileInfo?> _tokenFile = new("--token-file") { Description = $"With --listen: file whose first line is the token of the link, at least {ShortestToken} letters and digits, for links that are handed out before the console starts. Replaces a password." };
    private readonly Option<string[]> _reachedAt = new("--reached-at") { Description = "With --listen: name and port by which browsers reach the console where that is not its own, for example lab.example:30080. Links have the first. May be repeated.", HelpName = "host[:port]" };
    private readonly Option<IPEndPoint?> _gateway = CheckedOption.EndPoint("--gateway", "With --listen: address at which other computers reach the gateway of the console's lab. It requires --gateway-token-file.", 8888);
    private readonly Option<FileInfo?> _gatewayTokenFile = new("--gateway-token-file") { Description = $"With --gateway: file whose first line is the password that the proxy asks for, at least {ShortestToken} letters and digits." };
    private readonly Option<string[]> _allow = new("--allow") { Description = "With --listen: addresses or networks that may connect, for example 192.0.2.0/24. May be repeated.", HelpName = "network" };

    /// <param name="port">The option with the port on loopback.</param>
    public ListenOptions(Option<int> port) => _port = port;

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_listen);
        command.Add(_passwordFile);
        command.Add(_tokenFile);
        command.Add(_reachedAt);
        command.Add(_gateway);
        command.Add(_gatewayTokenFile);
        command.Add(_allow);
        command.Validators.Add(Check);
    }

    /// <summary>What was given.</summary>
    /// <exception cref="InputException">The password is too short or cannot be read, or neither a password nor clients are given.</exception>
    public Entrance Read(ParseResult parsed)
    {
        if (parsed.GetValue(_listen) is not { } endPoint)
        {
            return new Entrance(new IPEndPoint(IPAddress.Loopback, parsed.GetValue(_port)), Password: null, Clients: null);
        }

        var given = parsed.GetValue(_allow) ?? [];
        var clients = given.Length == 0 ? null : given.Select(text => NetworkOf(text)!.Value).ToList();
        var password = parsed.GetValue(_passwordFile) is { } file ? ReadPassword(file) : Environment.GetEnvironmentVariable(PasswordVariable) is { Length: > 0 } variable ? Checked(variable, $"The variable {PasswordVariable}") : null;
        var token = parsed.GetValue(_tokenFile) is { } tokenFile ? ReadToken(tokenFile) : null;
        return password is null && token is null && clients is null && !IPAddress.IsLoopback(endPoint.Address)
            ? throw new InputException($"--listen {endPoint.Address} opens the console to other computers: require a password (--password-file FILE, or the variable {PasswordVariable}) or a token (--token-file FILE), or name the clients (--allow 192.0.2.0/24).")
            : new Entrance(endPoint, password, clients) {
                Token = token,
                Names = parsed.GetValue(_reachedAt) ?? [],
                Gateway = parsed.GetValue(_gateway),
                GatewayToken = parsed.GetValue(_gatewayTokenFile) is { } gatewayFile ? ReadToken(gatewayFile) : null,
            };
    }

    private void Check(CommandResult result)
    {
        var listens = result.GetResult(_listen) is not null;
        if (listens && result.GetResult(_port) is { Implicit: false })
        {
            result.AddError("--listen takes the port too, as in 192.0.2.10:8080: leave --port out.");
        }

        if (!listens && ((Option[])[_passwordFile, _tokenFile, _reachedAt, _allow, _gateway, _gatewayTokenFile]).FirstOrDefault(option => result.GetResult(option) is not null) is { } extra)
        {
            result.AddError($"{extra.Name} requires --listen: on loopback, the link is enough.");
        }

        if ((result.GetResult(_gateway) is null) != (result.GetResult(_gatewayTokenFile) is null))
        {
            result.AddError("--gateway and --gateway-token-file require each other.");
        }

        foreach (var text in (result.GetResult(_reachedAt)?.Tokens ?? []).Select(token => token.Value).Where(text => !IsName(text)))
        {
            result.AddError($"--reached-at must be a host name with an optional port, for example lab.example:30080, not '{text}'.");
        }

        foreach (var text in (result.GetResult(_allow)?.Tokens ?? []).Select(token => token.Value).Where(text => NetworkOf(text) is null))
        {
            result.AddError($"--allow must be an IP address, or a network such as 192.0.2.0/24, not '{text}'.");
        }
    }

    private static IPNetwork? NetworkOf(string text) =>
        IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : IPNetwork.TryParse(text, out var network) ? network
        : null;

    private static bool IsName(string text) =>
        Uri.TryCreate("http://" + text, UriKind.Absolute, out var url) && string.Equals(url.Authority, text, StringComparison.OrdinalIgnoreCase) && url.HostNameType != UriHostNameType.Unknown;

    private static string ReadToken(FileInfo file) => ReadLine(file, "token") is var token && token.Length >= ShortestToken && token.All(char.IsAsciiLetterOrDigit)
        ? token
        : throw new InputException($"{file.FullName}: a token must have at least {ShortestToken} letters and digits, and nothing else.");

    private static string ReadPassword(FileInfo file) => Checked(ReadLine(file, "password"), file.FullName);

    private static string ReadLine(FileInfo file, string noun)
    {
        try
        {
            using var reader = new StreamReader(InputFile.Open(file.FullName));
            var buffer = new char[LargestFile];
            return new string(buffer, 0, reader.ReadBlock(buffer)).Split('\n')[0].TrimEnd('\r');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{file.FullName}: the {noun} cannot be read: {exception.Message}");
        }
    }

    private static string Checked(string password, string place) => password.Length >= ShortestPassword
        ? password
        : throw new InputException($"{place}: a password must have at least {ShortestPassword} characters.");
}

/// <summary>Where a console listens, and whom it lets in.</summary>
/// <param name="EndPoint">Where.</param>
/// <param name="Password">The password; null for none.</param>
/// <param name="Clients">The networks that may connect; null for all.</param>
internal sealed record Entrance(IPEndPoint EndPoint, string? Password, IReadOnlyList<IPNetwork>? Clients)
{
    /// <summary>The token of the link; null for a random one.</summary>
    public string? Token { get; init; }

    /// <summary>Names by which browsers reach it, beside its own.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Where the gateway listens for other computers; null: only this computer reaches it.</summary>
    public IPEndPoint? Gateway { get; init; }

    /// <summary>What they need for it.</summary>
    public string? GatewayToken { get; init; }

    /// <summary>What is open to whom, in a sentence; null on loopback.</summary>
    public string? Describe(Uri link)
    {
        if (IPAddress.IsLoopback(EndPoint.Address))
        {
            return null;
        }

        var who = Clients is null ? "every computer that reaches it" : $"clients in {string.Join(", ", Clients)}";
        var how = Password is null ? "with the link" : "with the link and the password";
        return $"Port {(EndPoint.Port == 0 ? link.Port : EndPoint.Port)} of {(EndPoint.Address.Equals(IPAddress.Any) || EndPoint.Address.Equals(IPAddress.IPv6Any) ? "all addresses of this computer" : EndPoint.Address)} is open to {who}, {how}. It is HTTP without TLS: whoever can listen on the network can read it.";
    }
}
