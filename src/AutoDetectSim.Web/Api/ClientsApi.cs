using AutoDetectSim.Control;
using AutoDetectSim.Diagnosis.Probing;
using AutoDetectSim.Diagnosis.Reports;
using AutoDetectSim.Protocols;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AutoDetectSim.Web.Api;

/// <summary>Lets the lab's own clients add an account: Outlook Mobile, Outlook on the desktop, and Exchange Online for the cached mailbox.</summary>
/// <param name="lab">The lab.</param>
internal sealed class ClientsApi(Lab lab)
{
    public const string DetectPath = "/detect";
    public const string DesktopPath = "/outlook";
    public const string ProvisionPath = "/provision";

    private const int MostAttempts = 1000;

    /// <summary>Maps the paths.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        WorldApi.Post(routes, DetectPath, ClientsJson.Default.WantedDetections, ReportJson.Default.DetectDocument, DetectAsync);
        WorldApi.Post(routes, DesktopPath, ClientsJson.Default.WantedAccount, ClientsJson.Default.DesktopDocument, AddOnDesktopAsync);
        WorldApi.Post(routes, ProvisionPath, ClientsJson.Default.WantedAccount, ClientsJson.Default.ProvisionDocument, ProvisionAsync);
    }

    /// <summary>Makes detections, as <c>detect</c> does; the answer is what <c>detect --report FILE.json</c> writes, without a check of the hosts.</summary>
    private async Task<DetectDocument> DetectAsync(WantedDetections wanted, CancellationToken cancellationToken)
    {
        var attempts = wanted.Attempts ?? 1;
        if (attempts is < 1 or > MostAttempts)
        {
            throw Invalid($"`attempts` must be a number from 1 to {MostAttempts}, not {attempts}.");
        }

        var email = EmailAddress.OnTheWire(wanted.Email) ?? throw Invalid($"'{wanted.Email}' is not an e-mail address.");
        var time = lab.Options.TimeProvider;
        var kept = new List<DetectionAttempt>();
        var at = time.GetUtcNow();
        try
        {
            using var client = LabFrontDoor.CreateClient(lab, concurrency: 1);
            var run = await new ProbeRun(client, lab, time).RunAsync(email, attempts, concurrency: 1, progress: null, cancellationToken, observe: kept.Add);
            return DetectDocument.From(run, kept, at, check: null);
        }
        catch (HttpRequestException exception)
        {
            throw new ControlException(StatusCodes.Status502BadGateway, ["AutoDetect cannot be reached: " + (exception.InnerException?.Message ?? exception.Message)]);
        }
    }

    private async Task<DesktopDocument> AddOnDesktopAsync(WantedAccount wanted, CancellationToken cancellationToken) =>
        DesktopDocument.From(await lab.OutlookDesktop.AddAccountAsync(AddressOf(wanted), cancellationToken));

    private async Task<ProvisionDocument> ProvisionAsync(WantedAccount wanted, CancellationToken cancellationToken) =>
        ProvisionDocument.From(await lab.Provisioning.ProvisionAsync(AddressOf(wanted), cancellationToken));

    private static EmailAddress AddressOf(WantedAccount wanted) =>
        EmailAddress.TryParse(wanted.Email, out var address) ? address : throw Invalid($"'{wanted.Email}' is not an e-mail address.");

    private static ControlException Invalid(string problem) => new(StatusCodes.Status422UnprocessableEntity, [problem]);
}
