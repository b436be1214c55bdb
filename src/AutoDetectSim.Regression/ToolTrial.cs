using System.Text;
using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Documents.Files;
using AutoDetectSim.Protocols.Dialing;
using AutoDetectSim.Regression.Adapters;
using AutoDetectSim.Regression.Judging;
using AutoDetectSim.Regression.Tools;
using AutoDetectSim.Regression.Worlds;

namespace AutoDetectSim.Regression;

/// <summary>Tries a tool on one running lab.</summary>
internal sealed class ToolTrial : IDisposable
{
    private const int MaximumRuns = 1000;

    private readonly RegressionPlan _plan;
    private readonly string _email;
    private readonly Lab _lab;
    private readonly TimeProvider _time;
    private readonly OwnedFolder _folder = OwnedFolder.CreateTemporary();
    private readonly string _root;
    private readonly string _trustStore;
    private readonly string _emptyFolder;
    private (RunVerdict Verdict, ToolSample Sample)? _sample;
    private int _runs;

    /// <param name="plan">What is run.</param>
    /// <param name="lab">The lab.</param>
    /// <param name="email">The mailbox that the tool is asked about.</param>
    /// <param name="time">The clock of the limits.</param>
    public ToolTrial(RegressionPlan plan, Lab lab, string email, TimeProvider time)
    {
        _plan = plan;
        _email = email;
        _lab = lab;
        _time = time;
        try
        {
            _root = _folder.Write("root.pem", Encoding.ASCII.GetBytes(lab.RootCertificatesPem));
            _trustStore = _folder.Write("root.p12", JavaTrustStore.Write(lab.TrustAnchors));
            _emptyFolder = Directory.CreateDirectory(Path.Combine(_folder.Path, "no-certificates")).FullName;
        }
        catch
        {
            _folder.Dispose();
            throw;
        }
    }

    /// <summary>The run that best shows why the world was judged as it was: a failing one before one that worked.</summary>
    public ToolSample? Sample => _sample?.Sample;

    /// <summary>Runs the tool for every part of the world that it is asked for.</summary>
    /// <exception cref="ToolStartException">The program does not exist or cannot be started.</exception>
    public async Task<IReadOnlyList<PartResult>> RunAsync(CancellationToken cancellationToken)
    {
        var parts = new List<PartResult>();
        foreach (var target in AskedTarget.Of(_lab, _plan.Adapter.Asks, _email))
        {
            var coverage = new NodeCoverage(_lab, target);
            var runs = new List<RunVerdict>();
            while (runs.Count < MaximumRuns && !IsEnough(runs.Count, coverage) && !ReportedVerdict.IsSettled(runs))
            {
                runs.Add(await RunAsync(target, cancellationToken));
                coverage.EndRun();
            }

            parts.Add(new PartResult(target.Part, target.Host, runs));
        }

        return parts;
    }

    public void Dispose() => _folder.Dispose();

    private bool IsEnough(int runs, NodeCoverage coverage) => _plan.Adapter.Runs is { } wanted
        ? runs >= wanted * (_plan.Adapter.PerNode ? coverage.Nodes : 1)
        : coverage.IsEnough(runs);

    private async Task<RunVerdict> RunAsync(AskedTarget target, CancellationToken cancellationToken)
    {
        var report = Path.Combine(_folder.Path, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"report-{++_runs}"));
        var placeholders = PlaceholdersFor(target, report);
        List<string> command;
        ToolRun run;
        RunVerdict verdict;
        try
        {
            command = [.. _plan.Command.Select(argument => placeholders.Fill(argument))];
            var environment = ToolEnvironment.Create(_plan.Adapter, placeholders, _emptyFolder);
            run = await ToolProcess.RunAsync(
                new ToolCommand { Program = command[0], Arguments = command[1..], Environment = environment, Timeout = _plan.Adapter.Timeout },
                _time,
                cancellationToken);
            run = run with { Report = await ReadReportAsync(report, cancellationToken) };
            verdict = AnswerReader.Read(_plan.Adapter, run, placeholders);
        }
        catch (PlaceholderException exception)
        {
            return new RunVerdict(VerdictState.Unknown, [], $"nothing listens at {target.Host}: {exception.Message}");
        }

        if (_sample is null || (_sample.Value.Verdict.State == VerdictState.Healthy && verdict.State != VerdictState.Healthy))
        {
            _sample = (verdict, new ToolSample(command, run.ExitCode, run.Output, run.Error, run.Report));
        }

        return verdict;
    }

    private Placeholders PlaceholdersFor(AskedTarget target, string report)
    {
        var gateway = ProxyDialer.WithSource(_lab.Gateway, _plan.Adapter.Source is { } source ? System.Net.IPAddress.Parse(source) : null);
        var endPoint = target.VirtualIp?.EndPoint;
        return new Placeholders(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            [Placeholders.Host] = target.Host,
            [Placeholders.Url] = target.Url,
            [Placeholders.Email] = _email,
            [Placeholders.Gateway] = gateway.AbsoluteUri.TrimEnd('/'),
            [Placeholders.GatewayEndpoint] = _lab.Gateway.Authority,
            [Placeholders.Root] = _root,
            [Placeholders.TrustStore] = _trustStore,
            [Placeholders.Endpoint] = endPoint?.ToString(),
            [Placeholders.Address] = endPoint?.Address.ToString(),
            [Placeholders.Port] = endPoint?.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
            [Placeholders.Dns] = _lab.DnsEndPoint?.ToString(),
            [Placeholders.DnsAddress] = _lab.DnsEndPoint?.Address.ToString(),
            [Placeholders.DnsPort] = _lab.DnsEndPoint?.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
            [Placeholders.DetectUrl] = _lab.DetectUrl.ToString(),
            [Placeholders.Scenario] = _lab.Scenario.Name,
            [Placeholders.Report] = report,
        });
    }

    private static async Task<string?> ReadReportAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = InputFile.Open(path);
            var report = new BoundedOutput(ToolProcess.MaximumOutput);
            await report.ReadAsync(file, over: () => { });
            cancellationToken.ThrowIfCancellationRequested();
            return report.Text;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
