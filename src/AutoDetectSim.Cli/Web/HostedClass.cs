using System.Globalization;
using AutoDetectSim.Cli.Learn;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Control;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Training.Progress;
using AutoDetectSim.Training.Reporting;
using AutoDetectSim.Web.Classroom;
using Microsoft.AspNetCore.Http;

namespace AutoDetectSim.Cli.Web;

/// <summary>A class in a shared folder, with the seats that this process hosts.</summary>
internal sealed class HostedClass : IClassroom, IAsyncDisposable
{
    private readonly IReadOnlyList<HostedSeat> _seats;

    private HostedClass(string folder, IReadOnlyList<HostedSeat> seats)
    {
        Folder = folder;
        _seats = seats;
    }

    /// <inheritdoc/>
    public string Folder { get; }

    /// <inheritdoc/>
    public IReadOnlyList<ISeat> Seats => _seats;

    /// <summary>Opens a class; its folder and the folders of the seats are made where they do not exist.</summary>
    /// <param name="folder">The shared folder.</param>
    /// <param name="scenario">The scenario of every seat's lab; null if the class has no seats.</param>
    /// <param name="seats">How many seats it has.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ProgressException">The folder cannot be made or written.</exception>
    public static async Task<HostedClass> OpenAsync(string folder, Scenario? scenario, int seats, CancellationToken cancellationToken)
    {
        new ProgressStore(folder, TimeProvider.System).CreateFolder();
        var made = new List<HostedSeat>();
        var digits = Math.Max(2, seats.ToString(CultureInfo.InvariantCulture).Length);
        for (var number = 1; number <= seats; number++)
        {
            var name = "trainee-" + number.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
            var seat = new HostedSeat(name, Path.Combine(folder, name), scenario!);
            await seat.PrepareAsync(cancellationToken);
            made.Add(seat);
        }

        return new HostedClass(folder, made);
    }

    /// <summary>Starts the labs of all seats, one after the other; a seat whose link is opened before that starts at once.</summary>
    public async Task StartLabsAsync(CancellationToken cancellationToken)
    {
        foreach (var seat in _seats)
        {
            try
            {
                await seat.OpenAsync(cancellationToken);
            }
            catch (ControlException exception)
            {
                Notice.WriteLine($"{seat.Name}: {exception.Message}");
            }
        }
    }

    /// <inheritdoc/>
    public ClassReport Report()
    {
        try
        {
            var (files, problems) = ClassFolder.Read(Folder);
            return ClassReporter.Make(files, problems);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ControlException(StatusCodes.Status422UnprocessableEntity, [$"{Folder}: {exception.Message}"]);
        }
    }

    /// <inheritdoc/>
    public string Csv()
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        ReportCsv.Write(Report(), writer);
        return writer.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var seat in _seats)
        {
            await seat.DisposeAsync();
        }
    }
}
