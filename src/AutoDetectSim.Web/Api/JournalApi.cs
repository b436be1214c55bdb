using System.Globalization;
using AutoDetectSim.AutoDetect;
using AutoDetectSim.Control;
using AutoDetectSim.Diagnosis.Probing;
using AutoDetectSim.Diagnosis.Reports;
using AutoDetectSim.Network.Journal;
using AutoDetectSim.Scenarios;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AutoDetectSim.Web.Api;

/// <summary>Tells what a lab remembers of connections and detections, one at a time in full, and as files.</summary>
/// <param name="lab">The lab.</param>
internal sealed class JournalApi(Lab lab)
{
    public const string ConnectionPath = "/connections/{number}";
    public const string DetectionsPath = "/detections";
    public const string DetectionPath = "/detections/{number}";
    public const string ExportPath = "/journal/export";

    /// <summary>Maps the paths.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(ConnectionPath, context => ControlServer.WriteAsync(context, Connection(NumberOf(context)), JournalJson.Default.ConnectionDocument));
        routes.MapGet(DetectionsPath, context => ControlServer.WriteAsync(context, DetectionsOf(lab, AfterOf(context)), JournalJson.Default.IReadOnlyListDetectionState));
        routes.MapGet(DetectionPath, context => ControlServer.WriteAsync(context, Detection(NumberOf(context)), JournalJson.Default.DetectionDocument));
        WorldApi.Post(routes, ExportPath, JournalJson.Default.WantedExport, JournalJson.Default.ExportDocument, (wanted, _) => Task.FromResult(Export(wanted)), maximum: ControlServer.MaximumScenario);
    }

    private ConnectionDocument Connection(long number) => lab.Network.Journal.After(number - 1).FirstOrDefault(one => one.Number == number) is { } found
        ? DocumentOf(found)
        : throw new ControlException(StatusCodes.Status404NotFound, [$"Connection {number} is not remembered: the journal keeps the last {ConnectionJournal.Capacity}."]);

    private ConnectionDocument DocumentOf(ConnectionRecord connection)
    {
        var host = connection.ServerName;
        var verdict = connection.PresentedDer.Count == 0 ? null : lab.Validator.Validate(connection.PresentedDer, connection.Anchors, host, connection.OpenedAt);
        return new ConnectionDocument
        {
            Connection = LabApi.StateOf(connection),
            Address = connection.Address.ToString(),
            Fault = connection.Fault == TransportFault.None ? null : DocumentValues.Camel(connection.Fault),
            Timing = TimingOf(connection),
            CipherSuite = connection.CipherSuite,
            AlertReceived = connection.AlertReceived,
            Host = host,
            Code = verdict?.NodeCode,
            Explanation = verdict?.Explanation,
            Presented = [.. (verdict?.Presented ?? []).Select(CertificateDocument.From)],
            Requests = [.. connection.Requests.Select(RequestOf)],
            RequestCount = connection.RequestCount,
        };
    }

    /// <summary>AutoDetect knows all parts; of a real program, the servers see only what happens on the connection.</summary>
    private static TimingDocument TimingOf(ConnectionRecord connection) => connection.Timing is { } timing
        ? new TimingDocument(true, Milliseconds(timing.Dns), Milliseconds(timing.Tcp), Milliseconds(timing.Tls), Milliseconds(timing.Http))
        : new TimingDocument(false, null, null, Milliseconds(connection.Handshake), connection.Requests.Count == 0 ? null : connection.Requests.Sum(request => DocumentValues.Milliseconds(request.Elapsed)));

    private static double? Milliseconds(TimeSpan? time) => time is { } known ? DocumentValues.Milliseconds(known) : null;

    private static RequestDocument RequestOf(RequestRecord request) => new()
    {
        Line = request.Line,
        Status = request.StatusCode,
        At = request.At,
        ElapsedMs = DocumentValues.Milliseconds(request.Elapsed),
        Host = request.Host,
        Headers = [.. request.Headers.Select(header => new HeaderDocument(header.Key, header.Value))],
        AnswerHeaders = [.. request.AnswerHeaders.Select(header => new HeaderDocument(header.Key, header.Value))],
    };

    /// <summary>The detections of a lab after a number, the oldest first.</summary>
    public static DetectionState[] DetectionsOf(Lab lab, long after)
    {
        var balancers = BalancersOf(lab);
        return [.. lab.Journal.After(after).Select(one => StateOf(one.Number, one.Detection, balancers))];
    }

    private DetectionDocument Detection(long number)
    {
        var (_, detection) = lab.Journal.After(number - 1).FirstOrDefault(one => one.Number == number);
        return detection is null
            ? throw new ControlException(StatusCodes.Status404NotFound, [$"Detection {number} is not remembered: the journal keeps the last {DetectionJournal.Capacity}."])
            : new DetectionDocument
            {
                Detection = StateOf(number, detection, BalancersOf(lab)),
                RequestId = detection.RequestId.ToString(),
                Instance = detection.Instance,
                Source = detection.Caller.Address.ToString(),
                Steps = [.. detection.Steps.Select(StepOf)],
            };
    }

    private static StepDocument StepOf(DetectionStep step) => new()
    {
        Stage = step.Name,
        Result = DocumentValues.Camel(step.Result),
        Asked = step.Asked,
        Sentence = step.Sentence,
        Url = step.Url?.ToString(),
        Code = step.Code,
        Node = step.Exchange?.Connection is { LoadBalancer: { } balancer } connection ? balancer + (connection.Node is { } node ? "/" + node : "") : null,
        ElapsedMs = DocumentValues.Milliseconds(step.Exchange?.Elapsed ?? default),
        SimulatedMs = DocumentValues.Milliseconds(step.Exchange?.SimulatedWait ?? default),
        Status = step.Exchange?.Response?.StatusCode,
    };

    private static DetectionState StateOf(long number, Detection detection, IReadOnlySet<string> balancers) => new()
    {
        Number = number,
        At = detection.Started,
        Email = detection.Email.Text,
        Status = (int)detection.Status,
        Succeeded = detection.Succeeded,
        Code = detection.AutoDv2Error,
        ElapsedMs = DocumentValues.Milliseconds(detection.Elapsed),
        Nodes = [.. NodesMet.Of(detection, balancers).Codes.Keys],
    };

    private static HashSet<string> BalancersOf(Lab lab) => lab.Network.CustomerVirtualIps.Select(one => one.Balancer.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);

    private ExportDocument Export(WantedExport wanted)
    {
        var numbers = wanted.Numbers.ToHashSet();
        List<ConnectionDocument> connections = [.. lab.Network.Journal.All().Where(one => numbers.Contains(one.Number)).Select(DocumentOf)];
        return new ExportDocument(JournalExport.Render(wanted.Form, connections, lab.Gateway.GetLeftPart(UriPartial.Authority), wanted.RootCertificate ?? "root.pem"));
    }

    private static long NumberOf(HttpContext context) => long.TryParse(WorldApi.Value(context, "number"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
        ? number
        : throw new ControlException(StatusCodes.Status400BadRequest, [$"'{WorldApi.Value(context, "number")}' is not a number."]);

    private static long AfterOf(HttpContext context)
    {
        var text = context.Request.Query["after"].ToString();
        return text.Length == 0 ? 0
            : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var after) ? after
            : throw new ControlException(StatusCodes.Status400BadRequest, [$"`after` must be the number of a detection, not '{text}'."]);
    }
}
