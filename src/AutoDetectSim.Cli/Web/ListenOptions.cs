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
    private const int LargestFile = 4096;

    private readonly Option<int> _port;
    private readonly Option<IPEndPoint?> _listen = CheckedOption.EndPoint("--listen", "Address to listen on, for other computers too. Beyond loopback it requires a password or --allow.", 0);
    private readonly Option<FileInfo?> _passwordFile = new("--password-file") { Description = $"With --listen: file whose first line is the password that the console asks for. Default: the variable {PasswordVariable}." };
    private readonly Option<string[]> _allow = new("--allow") { Description = "With --listen: addresses or networks that may connect, for example 192.0.2.0/24. May be repeated.", HelpName = "network" };

    /// <param name="port">The option with the port on loopback.</param>
    public ListenOptions(Option<int> port) => _port = port;

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_listen);
        command.Add(_passwordFile);
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
        return password is null && clients is null && !IPAddress.IsLoopback(endPoint.Address)
            ? throw new InputException($"--listen {endPoint.Address} opens the console to other computers: require a password (--password-file FILE, or the variable {PasswordVariable}), or name the clients (--allow 192.0.2.0/24).")
            : new Entrance(endPoint, password, clients);
    }

    private void Check(CommandResult result)
    {
        var listens = result.GetResult(_listen) is not null;
        if (listens && result.GetResult(_port) is { Implicit: false })
        {
            result.AddError("--listen takes the port too, as in 192.0.2.10:8080: leave --port out.");
        }

        if (!listens && (result.GetResult(_passwordFile) is not null || result.GetResult(_allow) is not null))
        {
            result.AddError("--password-file and --allow require --listen: on loopback, the link is enough.");
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

    private static string ReadPassword(FileInfo file)
    {
        try
        {
            using var reader = new StreamReader(InputFile.Open(file.FullName));
            var buffer = new char[LargestFile];
            var line = new string(buffer, 0, reader.ReadBlock(buffer)).Split('\n')[0].TrimEnd('\r');
            return Checked(line, file.FullName);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{file.FullName}: the password cannot be read: {exception.Message}");
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
    /// <summary>What is open to whom, in a sentence; null on loopback.</summary>
    public string? Describe(Uri link)
    {
        if (IPAddress.IsLoopback(EndPoint.Address))
        {
            return null;
        }

        var who = Clients is null ? "every computer that reaches it" : $"clients in {string.Join(", ", Clients)}";
        var how = Password is null ? "with the link" : "with the link and the password";
        return $"Port {link.Port} of {(EndPoint.Address.Equals(IPAddress.Any) || EndPoint.Address.Equals(IPAddress.IPv6Any) ? "all addresses of this computer" : EndPoint.Address)} is open to {who}, {how}. It is HTTP without TLS: whoever can listen on the network can read it.";
    }
}
