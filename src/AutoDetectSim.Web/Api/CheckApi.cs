using System.Globalization;
using System.Text.Json;
using AutoDetectSim.Control;
using AutoDetectSim.Diagnosis.Checking;
using AutoDetectSim.Diagnosis.Observing;
using AutoDetectSim.Diagnosis.Reports;
using AutoDetectSim.Diagnosis.Reports.Html;
using AutoDetectSim.Diagnosis.Reports.Markdown;
using AutoDetectSim.Diagnosis.WhatIf;
using AutoDetectSim.Protocols;
using AutoDetectSim.Protocols.Http;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Scenarios.Changes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AutoDetectSim.Web.Api;

/// <summary>
/// Checks hosts of a lab from outside, as <c>check</c> does, and keeps the last reports. What changes would bring is tried on a lab of
/// the same scenario: the running one is not disturbed.
/// </summary>
/// <param name="lab">The lab.</param>
internal sealed class CheckApi(Lab lab)
{
    public const string CheckPath = "/check";
    public const string ReportPath = "/reports/{number}.{form}";
    public const string CandidatesPath = "/candidates";

    private const int MostReports = 20;
    private const int MostAttempts = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<int, CheckDocument> _reports = [];
    private int _count;

    /// <summary>Maps the paths.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(CheckPath, CheckAsync);
        routes.MapGet(ReportPath, WriteReportAsync);
        routes.MapGet(CandidatesPath, context => ControlServer.WriteAsync(
            context, [.. ChangeCandidates.Of(lab.Scenario, ExampleAddress.Of(lab.Scenario)).Select(candidate => candidate.Change).Distinct(StringComparer.Ordinal)], CheckJson.Default.IReadOnlyListString));
    }

    /// <summary>With <c>?progress=true</c>, a JSON document a line: the connections made so far, then the number of the report and the result; else the result alone.</summary>
    private async Task CheckAsync(HttpContext context)
    {
        var wanted = await ControlServer.ReadAsync(context, CheckJson.Default.WantedCheck);
        var request = RequestOf(wanted);
        var changes = wanted.Fix is { Count: > 0 } fix ? Parse(fix) : null;
        if (context.Request.Query["progress"] != "true")
        {
            var (_, document) = await RunAsync(request, changes, progress: null, context.RequestAborted);
            await ControlServer.WriteAsync(context, document, ReportJson.Default.CheckDocument);
            return;
        }

        context.Response.ContentType = "application/x-ndjson";
        var progress = new CheckProgress();
        var run = RunAsync(request, changes, progress, context.RequestAborted);
        var told = 0;
        while (await progress.NextAsync(run, told, context.RequestAborted) is { } made)
        {
            told = made;
            await WriteLineAsync(context, JsonSerializer.Serialize(new CheckLine { Progress = made }, CheckJson.Default.CheckLine));
        }

        CheckLine last;
        try
        {
            var (number, document) = await run;
            last = new CheckLine { Report = number, Result = document };
        }
        catch (ControlException exception)
        {
            last = new CheckLine { Problems = exception.Problems };
        }

        await WriteLineAsync(context, JsonSerializer.Serialize(last, CheckJson.Default.CheckLine));
    }

    private static async Task WriteLineAsync(HttpContext context, string line)
    {
        await context.Response.WriteAsync(line + "\n", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }

    private async Task<(int Number, CheckDocument Document)> RunAsync(CheckRequest request, FixRequest? changes, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        CheckDocument document;
        if (changes is null)
        {
            document = CheckDocument.From(await new CheckRunner(LabEnvironment.Of(lab)).RunAsync(request, progress, cancellationToken));
        }
        else
        {
            await using var copy = await CopyAsync(cancellationToken);
            var before = await new CheckRunner(LabEnvironment.Of(copy)).RunAsync(request, progress, cancellationToken);
            try
            {
                document = CheckDocument.From(before, await CheckAfterFix.RunAsync(copy, changes, request, isReproduction: false, cancellationToken));
            }
            catch (ScenarioChangeException exception)
            {
                throw new ControlException(StatusCodes.Status422UnprocessableEntity, exception.Message.Split('\n'));
            }
        }

        lock (_gate)
        {
            _reports[++_count] = document;
            _reports.Remove(_count - MostReports);
            return (_count, document);
        }
    }

    private async Task<Lab> CopyAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await Lab.StartAsync(lab.Scenario, new LabOptions { TimeProvider = lab.Options.TimeProvider }, cancellationToken);
        }
        catch (LabStartException exception)
        {
            throw new ControlException(StatusCodes.Status500InternalServerError, ["A second lab with this scenario could not start: " + exception.Message]);
        }
    }

    private async Task WriteReportAsync(HttpContext context)
    {
        CheckDocument? document;
        lock (_gate)
        {
            document = int.TryParse(WorldApi.Value(context, "number"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? _reports.GetValueOrDefault(number) : null;
        }

        if (document is null)
        {
            throw new ControlException(StatusCodes.Status404NotFound, [$"There is no such report: the last {MostReports} are kept."]);
        }

        var (type, text) = WorldApi.Value(context, "form") switch
        {
            "html" => ("text/html; charset=utf-8", HtmlCheck.Render(document)),
            "md" => ("text/markdown; charset=utf-8", MarkdownCheck.Render(document)),
            "json" => ("application/json", JsonReport.Render(document)),
            var other => throw new ControlException(StatusCodes.Status404NotFound, [$"There are no reports in the form '{other}'. Choose from: html, md, json."]),
        };
        context.Response.ContentType = type;
        await context.Response.WriteAsync(text, context.RequestAborted);
    }

    private static CheckRequest RequestOf(WantedCheck wanted)
    {
        var problems = new List<string>();
        var (host, port) = HostOf(wanted.Host.Trim());
        var ascii = WebAddress.AsciiHost(host);
        if (ascii is null || port is < 1 or > 65535)
        {
            problems.Add($"'{wanted.Host}' is not a host name with an optional port.");
        }

        var email = string.IsNullOrWhiteSpace(wanted.Email) ? null : wanted.Email.Trim();
        var sent = email is not null && EmailAddress.TryParse(email, out _) ? EmailAddress.OnTheWire(email) : null;
        if (email is not null && sent is null)
        {
            problems.Add($"'{email}' is not an e-mail address.");
        }

        if (wanted.Attempts is < 1 or > MostAttempts)
        {
            problems.Add($"`attempts` must be a number from 1 to {MostAttempts}, not {wanted.Attempts}.");
        }

        return problems.Count == 0
            ? new CheckRequest { Host = ascii!, Port = port, Email = sent, Attempts = wanted.Attempts }
            : throw new ControlException(StatusCodes.Status422UnprocessableEntity, problems);
    }

    private static (string Host, int Port) HostOf(string text)
    {
        var colon = text.LastIndexOf(':');
        return colon > 0 && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? (text[..colon], port) : (text, 443);
    }

    private FixRequest Parse(IReadOnlyList<string> fix)
    {
        var request = FixRequest.Parse(fix, lab.Scenario, out var problems);
        return problems.Count == 0 ? request : throw new ControlException(StatusCodes.Status422UnprocessableEntity, problems);
    }
}
