using AutoDetectSim.Control;
using AutoDetectSim.Diagnosis.Capture.Judging;
using AutoDetectSim.Evidence;
using AutoDetectSim.Evidence.Envelope;
using AutoDetectSim.Diagnosis.Capture.Observations;
using AutoDetectSim.Protocols;
using AutoDetectSim.Scenarios;
using Microsoft.AspNetCore.Http;

namespace AutoDetectSim.Web.Api;

/// <summary>Scenarios from evidence in texts; no file is read or written.</summary>
internal static class EvidenceCapture
{
    private const int MostFiles = 20;

    /// <summary>Makes a scenario from evidence, as <c>capture --from</c> does.</summary>
    /// <param name="wanted">The evidence.</param>
    /// <param name="savedAt">When it was saved; counts where nothing in it tells a time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ControlException">It holds nothing that is known, or is not well-formed.</exception>
    public static async Task<EvidenceAnswer> MakeAsync(WantedEvidence wanted, DateTimeOffset savedAt, CancellationToken cancellationToken)
    {
        if (wanted.Files.Count is 0 or > MostFiles)
        {
            throw Invalid($"Give 1 to {MostFiles} files.");
        }

        if (wanted.Email is { } email && (!EmailAddress.TryParse(email, out _) || EmailAddress.OnTheWire(email) is null))
        {
            throw Invalid($"'{email}' is not an e-mail address.");
        }

        try
        {
            var evidence = EvidenceReproduction.Make(
                [.. wanted.Files.Select(file => EvidenceReader.Parse(TextOf(file), file.Name))],
                new EvidenceQuestion { Host = wanted.Host, Email = wanted.Email, SavedAt = savedAt });
            await using var trial = await evidence.StartAsync(wanted.Anonymize, cancellationToken);
            return new EvidenceAnswer
            {
                Yaml = ScenarioWriter.Write(trial.Scenario),
                Read = evidence.Read,
                Notes = evidence.Notes,
                Assumed = evidence.Assumed,
                Deviations = trial.Deviations,
                Differences = [.. evidence.Differences(trial)],
            };
        }
        catch (EvidenceException exception)
        {
            throw Invalid(exception.Message);
        }
        catch (LabStartException exception)
        {
            throw Invalid("A lab with the scenario could not start: " + exception.Message);
        }
    }

    private static string TextOf(EvidenceFile file)
    {
        if (file.Text is not null)
        {
            return file.Text;
        }

        var bytes = new byte[(file.Base64?.Length ?? 0) * 3 / 4];
        return file.Base64 is not null && Convert.TryFromBase64String(file.Base64, bytes, out var length)
            ? EvidenceBytes.Decode(bytes.AsSpan(0, length))
            : throw Invalid($"{file.Name}: give either `text`, or `base64` with the bytes of the file.");
    }

    private static ControlException Invalid(string problem) => new(StatusCodes.Status422UnprocessableEntity, [problem]);
}
