using System.Diagnostics;
using System.Globalization;
using System.Net;
using AutoDetectSim.Certificates.Validation;
using AutoDetectSim.Documents;
using AutoDetectSim.Network.Telemetry;
using AutoDetectSim.Protocols.Node;
using AutoDetectSim.Tls;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AutoDetectSim.Network.Journal;

/// <summary>One connection while it is written down. Safe for use by several threads: HTTP/2 answers several requests at once.</summary>
/// <param name="number">A number that counts the connections.</param>
/// <param name="time">The lab's time.</param>
/// <param name="connection">The connection.</param>
/// <param name="anchors">What the lab's clients trust when it begins.</param>
/// <param name="changed">Told of each step, and with true when the connection has ended.</param>
/// <param name="kept">Told how many characters of a request are remembered.</param>
internal sealed class JournalEntry(
    long number, TimeProvider time, LabConnection connection, TrustAnchors anchors, Action<JournalEntry, bool> changed, Action<JournalEntry, int> kept)
{
    /// <summary>How many requests of one connection are remembered.</summary>
    public const int MaximumRequests = 32;

    private const int MaximumLine = 512;
    private const int MaximumHeaders = 64;
    private const int MaximumValue = 2048;

    private readonly Lock _gate = new();
    private readonly DateTimeOffset _openedAt = time.GetUtcNow();
    private readonly long _opened = time.GetTimestamp();
    private List<RequestRecord>? _requests;
    private IReadOnlyList<string> _presented = [];
    private TlsHandshakeRecord? _handshake;
    private string? _failure;
    private int _requestCount;
    private int _answering;
    private CallTiming? _timing;
    private TimeSpan? _handshakeTime;
    private DateTimeOffset? _closedAt;

    public long Number { get; } = number;

    /// <summary>Whether a handshake or a request is unfinished.</summary>
    public bool IsBusy
    {
        get
        {
            lock (_gate)
            {
                return _closedAt is null && (_answering > 0 || (connection.UsesTls && _handshake is null));
            }
        }
    }

    /// <summary>The names of what is about to be presented.</summary>
    public void Presenting(IReadOnlyList<string> names)
    {
        lock (_gate)
        {
            _presented = names;
        }
    }

    /// <summary>Ends the handshake, with its result or the reason of its failure.</summary>
    public void Handshaken(TlsHandshakeRecord handshake, string? failure)
    {
        var took = time.GetElapsedTime(_opened);
        lock (_gate)
        {
            _handshake = handshake;
            _handshakeTime = took;
            _failure = failure;
        }

        if (LabInstruments.Handshakes.Enabled)
        {
            LabInstruments.Handshakes.Record(took.TotalSeconds, Tags(failure is null ? null : ErrorOf(handshake)));
        }

        changed(this, false);
    }

    /// <summary>The client says how long the parts of its call took so far.</summary>
    public void Timed(CallTiming timing)
    {
        lock (_gate)
        {
            _timing = timing;
        }
    }

    /// <summary>A request has come.</summary>
    /// <returns>When it came, for <see cref="Requested"/>.</returns>
    public long Requesting()
    {
        lock (_gate)
        {
            _answering++;
        }

        return time.GetTimestamp();
    }

    /// <summary>A request has been answered, or has not been.</summary>
    public void Requested(HttpContext context, bool isAnswered, long started)
    {
        var request = NewRecord(context, isAnswered, time.GetElapsedTime(started));
        lock (_gate)
        {
            _answering--;
            _requestCount++;
            if (request is not null && _requestCount <= MaximumRequests)
            {
                (_requests ??= []).Add(request);
            }
            else
            {
                request = null;
            }
        }

        if (request is not null)
        {
            kept(this, request.Line.Length + request.Headers.Concat(request.AnswerHeaders).Sum(header => header.Key.Length + header.Value.Length));
        }

        changed(this, false);
    }

    /// <summary>A line of a mail program has been answered.</summary>
    /// <param name="command">The command, without secrets; null for a line that is not one.</param>
    /// <param name="reply">What was said to it.</param>
    /// <param name="started">When it came.</param>
    public void Commanded(string? command, string? reply, long started)
    {
        lock (_gate)
        {
            _answering--;
            if (command is null)
            {
                return;
            }

            _requestCount++;
            if (_requestCount > MaximumRequests)
            {
                return;
            }

            // SMTP's answers have a number; those of the others end with the word that counts.
            var last = reply?[(reply.LastIndexOf('\n') + 1)..] ?? string.Empty;
            int? status = last.Length > 3 && int.TryParse(last.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code : null;
            (_requests ??= []).Add(new RequestRecord(Cut(command, MaximumLine), status) { At = time.GetUtcNow(), Elapsed = time.GetElapsedTime(started), Reply = Cut(last, MaximumLine) });
        }

        kept(this, command.Length + (reply?.Length ?? 0));
        changed(this, false);
    }

    /// <summary>Forgets the requests, but not how many there were.</summary>
    public void ForgetRequests()
    {
        lock (_gate)
        {
            _requests = null;
        }
    }

    /// <summary>The connection has ended.</summary>
    public void Closed()
    {
        bool isFirst;
        string? error;
        lock (_gate)
        {
            isFirst = _closedAt is null;
            error = _failure is null ? null : ErrorOf(_handshake);
            _closedAt ??= time.GetUtcNow();
        }

        if (isFirst && LabInstruments.Connections.Enabled)
        {
            LabInstruments.Connections.Add(1, Tags(error));
        }

        changed(this, true);
    }

    /// <summary>What is known now.</summary>
    public ConnectionRecord ToRecord()
    {
        lock (_gate)
        {
            return new ConnectionRecord
            {
                Number = Number,
                OpenedAt = _openedAt,
                ClosedAt = _closedAt,
                VirtualIp = connection.VirtualIp.Name,
                Address = new IPEndPoint(connection.VirtualIp.Address, connection.VirtualIp.Port),
                Node = connection.Node.Name,
                IsService = connection.VirtualIp.IsService,
                Source = connection.Caller.Address,
                Client = connection.Caller.Kind,
                IsSimulated = connection.IsSimulated,
                Timing = _timing,
                Handshake = _handshakeTime,
                Fault = connection.Fault.Kind,
                ServerName = _handshake?.ServerName,
                Presented = _handshake is { Presented.Count: > 0 } ? _presented : [],
                PresentedDer = _handshake?.Presented ?? [],
                Anchors = anchors,
                TlsVersion = _failure is null ? _handshake?.TlsVersion : null,
                CipherSuite = _failure is null ? _handshake?.CipherSuite : null,
                HandshakeFailure = _failure,
                AlertReceived = Alert(_handshake),
                Requests = [.. _requests ?? []],
                RequestCount = _requestCount,
            };
        }
    }

    private static string? Alert(TlsHandshakeRecord? handshake) =>
        handshake?.AlertsReceived.Where(alert => alert.Level == TlsAlertLevel.Fatal).Select(alert => alert.Description.ToRfcName()).FirstOrDefault();

    /// <summary>Why a handshake failed, as metrics have it: the client's alert, where there was one.</summary>
    private static string ErrorOf(TlsHandshakeRecord? handshake) => Alert(handshake) ?? "handshake_failed";

    private TagList Tags(string? error)
    {
        var tags = new TagList
        {
            { LabInstruments.VirtualIpKey, connection.VirtualIp.Name },
            { LabInstruments.NodeKey, connection.Node.Name },
            { LabInstruments.ClientKey, CamelCase<CallerKind>.Of(connection.Caller.Kind) },
        };
        if (error is not null)
        {
            tags.Add(LabInstruments.ErrorKey, error);
        }

        return tags;
    }

    private RequestRecord? NewRecord(HttpContext context, bool isAnswered, TimeSpan elapsed)
    {
        if (Volatile.Read(ref _requestCount) >= MaximumRequests)
        {
            return null;
        }

        var line = $"{context.Request.Method} {context.Features.Get<IHttpRequestFeature>()?.RawTarget} {context.Request.Protocol}";
        return new RequestRecord(Cut(line, MaximumLine), isAnswered ? context.Response.StatusCode : null)
        {
            At = time.GetUtcNow(),
            Elapsed = elapsed,
            Host = context.Request.Host.Host,
            UserAgent = context.Request.Headers.UserAgent is [{ Length: > 0 } agent, ..] ? Cut(agent, MaximumLine) : null,
            Trace = context.Features.Get<ServerTrace>(),

            // Requests and responses of AutoDetect are in the record of the detection; other simulated clients keep their own.
            Headers = connection.IsSimulated ? [] : Copy(context.Request.Headers),
            AnswerHeaders = connection.IsSimulated || !isAnswered ? [] : Copy(context.Response.Headers),
        };
    }

    private static List<KeyValuePair<string, string>> Copy(IHeaderDictionary headers)
    {
        var copy = new List<KeyValuePair<string, string>>(Math.Min(headers.Count, MaximumHeaders));
        foreach (var (name, values) in headers)
        {
            foreach (var value in values)
            {
                if (copy.Count == MaximumHeaders)
                {
                    return copy;
                }

                copy.Add(new(name, Cut(value ?? string.Empty, MaximumValue)));
            }
        }

        return copy;
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length] + "...";
}
