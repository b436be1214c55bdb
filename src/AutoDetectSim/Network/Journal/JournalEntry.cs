using System.Net;
using AutoDetectSim.Tls;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AutoDetectSim.Network.Journal;

/// <summary>One connection while it is written down. Safe for use by several threads: HTTP/2 answers several requests at once.</summary>
internal sealed class JournalEntry(long number, TimeProvider time, LabConnection connection, Action<JournalEntry> closed)
{
    /// <summary>How many requests of one connection are remembered.</summary>
    public const int MaximumRequests = 32;

    private const int MaximumLine = 512;

    private readonly Lock _gate = new();
    private readonly DateTimeOffset _openedAt = time.GetUtcNow();
    private List<RequestRecord>? _requests;
    private IReadOnlyList<string> _presented = [];
    private TlsHandshakeRecord? _handshake;
    private string? _failure;
    private int _requestCount;
    private DateTimeOffset? _closedAt;

    public long Number { get; } = number;

    /// <summary>The names of what is about to be presented.</summary>
    public void Presenting(IReadOnlyList<string> names)
    {
        lock (_gate)
        {
            _presented = names;
        }
    }

    /// <summary>The handshake is over: with what came of it, and why it failed if it did.</summary>
    public void Handshaken(TlsHandshakeRecord handshake, string? failure)
    {
        lock (_gate)
        {
            _handshake = handshake;
            _failure = failure;
        }
    }

    /// <summary>A request has been answered, or has not been.</summary>
    public void Requested(HttpContext context, bool isAnswered)
    {
        lock (_gate)
        {
            _requestCount++;
            if (_requestCount > MaximumRequests)
            {
                return;
            }

            var line = $"{context.Request.Method} {context.Features.Get<IHttpRequestFeature>()?.RawTarget} {context.Request.Protocol}";
            (_requests ??= []).Add(new RequestRecord(line.Length <= MaximumLine ? line : line[..MaximumLine] + "...", isAnswered ? context.Response.StatusCode : null));
        }
    }

    /// <summary>The connection has ended.</summary>
    public void Closed()
    {
        lock (_gate)
        {
            _closedAt ??= time.GetUtcNow();
        }

        closed(this);
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
                Source = connection.Caller.Address,
                IsAutoDetect = connection.IsSimulated,
                Fault = connection.Fault.Kind,
                ServerName = _handshake?.ServerName,
                Presented = _handshake is { Presented.Count: > 0 } ? _presented : [],
                TlsVersion = _failure is null ? _handshake?.TlsVersion : null,
                CipherSuite = _failure is null ? _handshake?.CipherSuite : null,
                HandshakeFailure = _failure,
                Requests = [.. _requests ?? []],
                RequestCount = _requestCount,
            };
        }
    }
}
