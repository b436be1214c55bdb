using AutoDetectSim.Control;
using AutoDetectSim.Training.Reporting;
using AutoDetectSim.Web.Desks;

namespace AutoDetectSim.Web.Classroom;

/// <summary>A class: its shared folder with the progress of everyone, and the seats that this process hosts.</summary>
internal interface IClassroom
{
    /// <summary>The shared folder.</summary>
    string Folder { get; }

    /// <summary>The seats, each with a lab and lessons for one trainee.</summary>
    IReadOnlyList<ISeat> Seats { get; }

    /// <summary>What the class has done, from the shared folder, as <c>learn report --json</c> prints it.</summary>
    ClassReport Report();

    /// <summary>The same, as <c>learn report --csv</c> prints it.</summary>
    string Csv();
}

/// <summary>A place in a class: a lab and lessons for one trainee.</summary>
internal interface ISeat
{
    /// <summary>The name of the seat, which its folder has too.</summary>
    string Name { get; }

    /// <summary>Its lab once that runs; null before.</summary>
    Lab? Lab { get; }

    /// <summary>The lesson that runs at it now; null for none.</summary>
    string? RunningLesson { get; }

    /// <summary>What its link opens. The lab is started where that has not been done yet.</summary>
    /// <exception cref="ControlException">It cannot be started.</exception>
    Task<Desk> OpenAsync(CancellationToken cancellationToken);

    /// <summary>The trainee's name.</summary>
    /// <exception cref="ControlException">The progress cannot be read.</exception>
    string ReadTrainee();

    /// <summary>Takes the trainee's name, by which reports call the seat.</summary>
    /// <exception cref="ControlException">The progress cannot be written.</exception>
    Task NameAsync(string trainee, CancellationToken cancellationToken);
}
