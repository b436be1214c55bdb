using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using AutoDetectSim.Certificates.Validation;
using AutoDetectSim.Cli.Learn;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Diagnosis.Checking;
using AutoDetectSim.Diagnosis.Checking.Connecting;
using AutoDetectSim.Diagnosis.Observing;
using AutoDetectSim.Training.Lessons;

namespace AutoDetectSim.Cli.Check;

/// <summary>The options that select where a host runs: in a lab of this process, behind the gateway of a running lab, or in the real world.</summary>
internal sealed class CheckPlaceOptions
{
    public const string Needed = "Give --scenario FILE (a lab in this process), --proxy URL --ca FILE (a running lab), or --live (the real host).";

    private readonly Option<string?> _scenario = new("--scenario") { Description = $"Scenario to start in this process and check from outside: {ScenarioFiles.FileOrName}." };
    private readonly Option<Uri?> _proxy = CheckedOption.Url("--proxy", "HTTP proxy, for example the gateway of 'run'.", "http");
    private readonly Option<FileInfo?> _ca = new("--ca") { Description = "PEM file of the roots that clients trust, for example the rootCertificate of 'run'." };
    private readonly Option<bool> _live = new("--live") { Description = "Connect to the real host. Without this option nothing outside a lab is contacted." };

    private readonly Option<IPEndPoint?> _dns = CheckedOption.EndPoint("--dns", "DNS server for mail exchangers and, with --live, for hosts, for example that of 'run --dns-port'. Default: with --live this computer's DNS servers, otherwise none.", 53);

    private readonly Option<bool> _private = new("--private-issuers") { Description = "With --live: also download issuers' certificates from loopback, private and link-local addresses, as an internal CA needs." };

    /// <summary>Whether a command can do without a place.</summary>
    public bool AllowsNone { get; init; }

    /// <summary>Whether a place was given.</summary>
    public bool IsGiven(SymbolResult result) => result.GetValue(_scenario) is not null || result.GetValue(_proxy) is not null || result.GetValue(_live);

    public void AddTo(Command command)
    {
        command.Add(_scenario);
        command.Add(_proxy);
        command.Add(_ca);
        command.Add(_live);
        command.Add(_dns);
        command.Add(_private);
        command.Validators.Add(result =>
        {
            var scenario = result.GetValue(_scenario) is not null;
            var proxy = result.GetValue(_proxy);
            var live = result.GetValue(_live);
            if (scenario ? proxy is not null || live || result.GetValue(_ca) is not null : proxy is null && !live && !AllowsNone)
            {
                result.AddError(Needed);
            }

            if (result.GetValue(_private) && !live)
            {
                result.AddError("--private-issuers requires --live.");
            }

            if (proxy is { IsAbsoluteUri: true } && !live && !proxy.IsLoopback)
            {
                result.AddError("--proxy without --live requires the gateway of a lab on this computer. Add --live to use a real proxy.");
            }

            if (result.GetValue(_dns) is { } dns)
            {
                if (scenario || (proxy is null && !live))
                {
                    result.AddError("--dns requires --proxy or --live: a lab in this process has its own DNS zone.");
                }
                else if (!live && !IPAddress.IsLoopback(dns.Address))
                {
                    result.AddError("--dns without --live requires the DNS server of a lab on this computer.");
                }
            }

            if (proxy is not null && result.GetValue(_ca) is null)
            {
                result.AddError("--proxy requires --ca FILE.");
            }
        });
    }

    /// <summary>Starts the lab, or prepares the way out.</summary>
    /// <exception cref="InputException">A file is not there or not valid.</exception>
    /// <exception cref="LabStartException">The lab could not start.</exception>
    public async Task<CheckPlace> OpenAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_scenario) is { } scenario)
        {
            var lab = await Lab.StartAsync(ScenarioFiles.Load(scenario), new LabOptions(), cancellationToken);
            return new CheckPlace(LabEnvironment.Of(lab), lab);
        }

        await LessonTools.ThrowIfForbiddenAsync(parsed.GetValue(_proxy), LessonTool.Check, cancellationToken);
        var anchors = parsed.GetValue(_ca) is { } ca ? PemRoots.Load(ca.FullName) : LoadBundle();
        var live = parsed.GetValue(_live);
        var server = parsed.GetValue(_dns);
        var environment = parsed.GetValue(_proxy) is { } proxy
            ? RealEnvironment.Behind(proxy, anchors, server is not null || live ? new RealDns(server) : null, isLab: !live)
            : Live(anchors, server, parsed.GetValue(_private));
        return new CheckPlace(environment, null);
    }

    /// <summary>The real world.</summary>
    /// <param name="anchors">The roots that clients trust.</param>
    /// <param name="server">The DNS server; null: this computer's.</param>
    /// <param name="privateIssuers">Whether issuers' certificates are downloaded from addresses that are not public too.</param>
    public static CheckEnvironment Live(TrustAnchors anchors, IPEndPoint? server, bool privateIssuers)
    {
        var dns = new RealDns(server);
        return RealEnvironment.Of(
            source => new SourceDialer(source, server is null ? null : dns),
            anchors,
            dns,
            new SourceDialer(source: null, server is null ? null : dns, publicOnly: !privateIssuers));
    }

    /// <summary>The roots of --ca, or null.</summary>
    /// <exception cref="InputException">The file is not there or not valid.</exception>
    public TrustAnchors? Roots(ParseResult parsed) => parsed.GetValue(_ca) is { } ca ? PemRoots.Load(ca.FullName) : null;

    /// <summary>The roots that OpenSSL and curl would use where a distribution keeps them in one file.</summary>
    /// <exception cref="InputException">No such file was found.</exception>
    public static TrustAnchors LoadBundle()
    {
        string?[] places =
        [
            Environment.GetEnvironmentVariable("SSL_CERT_FILE"),
            "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem",
        ];
        var bundle = places.FirstOrDefault(place => !string.IsNullOrEmpty(place) && File.Exists(place))
            ?? throw new InputException("--live requires --ca FILE: the roots that clients trust, as PEM (for example Mozilla's list from curl.se/ca/cacert.pem). This computer has no CA bundle file.");
        return PemRoots.Load(bundle);
    }
}

/// <summary>A world to check, and the lab that it is when it is one of this process.</summary>
internal sealed class CheckPlace(CheckEnvironment environment, Lab? lab) : IAsyncDisposable
{
    public CheckEnvironment Environment { get; } = environment;

    /// <summary>The lab of this process, or null.</summary>
    public Lab? Lab { get; } = lab;

    public ValueTask DisposeAsync() => Lab?.DisposeAsync() ?? ValueTask.CompletedTask;
}
