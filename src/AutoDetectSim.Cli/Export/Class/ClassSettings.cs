using System.Globalization;
using System.Security.Cryptography;

namespace AutoDetectSim.Cli.Export.Class;

/// <summary>How a class is exported.</summary>
/// <param name="Image">The image of AutoDetectSim, with its tag.</param>
/// <param name="Name">The beginning of the names of its namespaces.</param>
/// <param name="Seats">How many trainees it has.</param>
/// <param name="Host">The name or address by which trainees reach the cluster; null where ports are forwarded.</param>
internal sealed record ClassSettings(string Image, string Name, int Seats, string? Host)
{
    /// <summary>The port of a console in its pod.</summary>
    public const int ConsolePort = 8080;

    /// <summary>The port of the trainer's console at every node of the cluster; that of the first trainee is the next one.</summary>
    public const int FirstConsolePort = 31000;

    /// <summary>The port before that of the first trainee's gateway.</summary>
    public const int FirstGatewayPort = 31400;

    private const int TokenBytes = 24;

    /// <summary>Where the progress is on the nodes of the cluster.</summary>
    public string ProgressFolder => "/var/lib/autodetectsim/" + Name;

    /// <summary>The name of a seat.</summary>
    public string SeatName(int number) => "trainee-" + number.ToString(CultureInfo.InvariantCulture).PadLeft(Math.Max(2, Seats.ToString(CultureInfo.InvariantCulture).Length), '0');

    /// <summary>The address by which browsers reach a console.</summary>
    /// <param name="port">Its port at the nodes of the cluster.</param>
    public string ReachedAt(int port) => Host is null ? string.Create(CultureInfo.InvariantCulture, $"localhost:{ConsolePort}") : string.Create(CultureInfo.InvariantCulture, $"{Host}:{port}");

    /// <summary>The address by which programs reach a gateway.</summary>
    /// <param name="port">Its port at the nodes of the cluster.</param>
    public string GatewayAt(int port) => Host is null ? string.Create(CultureInfo.InvariantCulture, $"localhost:{ExportedParts.GatewayPort}") : string.Create(CultureInfo.InvariantCulture, $"{Host}:{port}");

    /// <summary>A new token.</summary>
    public static string NewToken() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes));
}
