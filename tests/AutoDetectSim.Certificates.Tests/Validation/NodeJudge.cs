using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Threading.Channels;
using AutoDetectSim.Certificates.Tests.Validation.Generation;
using AutoDetectSim.Tls;

namespace AutoDetectSim.Certificates.Tests.Validation;

/// <summary>One Node.js process that makes real handshakes with our own TLS server and tells its verdicts.</summary>
internal sealed class NodeJudge : IAsyncDisposable
{
    private const int Handshakes = 8;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    // Nothing that a developer has set makes Node judge differently.
    private static readonly Dictionary<string, string> Plain = new() { ["NODE_EXTRA_CA_CERTS"] = "", ["NODE_OPTIONS"] = "" };

    private readonly Process _node;
    private readonly CancellationTokenSource _stop = new(Limit);
    private readonly ConcurrentDictionary<int, TaskCompletionSource<string>> _waiting = new();
    private readonly Channel<TcpListener> _listeners = Channel.CreateUnbounded<TcpListener>();
    private readonly SemaphoreSlim _writing = new(1);
    private readonly Task<string> _errors;
    private readonly Task _reading;
    private int _number;

    private NodeJudge(Process node)
    {
        _node = node;
        for (var i = 0; i < Handshakes; i++)
        {
            var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            Assert.True(_listeners.Writer.TryWrite(listener));
        }

        _errors = node.StandardError.ReadToEndAsync();
        _reading = ReadAsync();
    }

    /// <param name="program">A Node.js: <c>node</c>, or the path of another one.</param>
    public static NodeJudge Start(string program) => new(Tool.Start(program, [Path.Combine(AppContext.BaseDirectory, "Validation", "judge.js")], Plain));

    /// <summary>What Node says about the chain: <c>OK</c> or the code of its error.</summary>
    public async Task<string> JudgeAsync(GeneratedCase @case)
    {
        using var key = @case.ServerKey.ToAlgorithm();
        return await JudgeAsync(new TlsServerIdentity([.. @case.Presented.Select(p => (ReadOnlyMemory<byte>)p)], key), @case.Roots, @case.Host);
    }

    public async Task<string> JudgeAsync(TlsServerIdentity identity, IReadOnlyList<string> roots, string host)
    {
        var listener = await _listeners.Reader.ReadAsync(_stop.Token);
        try
        {
            var id = Interlocked.Increment(ref _number);
            var answer = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting[id] = answer;
            var serving = ServeAsync(listener, identity);
            await WriteAsync(JsonSerializer.Serialize(new { id, port = ((IPEndPoint)listener.LocalEndpoint).Port, host, ca = roots }));
            if (_reading.IsCompleted)
            {
                answer.TrySetException(new NodeEndedException(string.Empty));
            }

            var result = await answer.Task.WaitAsync(_stop.Token);
            await serving;
            return result;
        }
        finally
        {
            _listeners.Writer.TryWrite(listener);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _node.Kill(entireProcessTree: true);
        await _reading;
        _node.Dispose();
        _listeners.Writer.Complete();
        await foreach (var listener in _listeners.Reader.ReadAllAsync())
        {
            listener.Dispose();
        }

        _stop.Dispose();
        _writing.Dispose();
    }

    private async Task ServeAsync(TcpListener listener, TlsServerIdentity identity)
    {
        using var client = await listener.AcceptTcpClientAsync(_stop.Token);
        try
        {
            await using var connection = await TlsServer.AcceptAsync(
                client.GetStream(), (_, _) => ValueTask.FromResult(new TlsServerSettings { Identity = identity }), cancellationToken: _stop.Token);
            await connection.Stream.CopyToAsync(Stream.Null, _stop.Token);
        }
        catch (Exception exception) when (exception is TlsHandshakeException or TlsStreamException or IOException)
        {
            // The client has turned the chain down, which is its verdict to tell.
        }
    }

    private async Task WriteAsync(string line)
    {
        await _writing.WaitAsync(_stop.Token);
        try
        {
            await _node.StandardInput.WriteLineAsync(line.AsMemory(), _stop.Token);
            await _node.StandardInput.FlushAsync(_stop.Token);
        }
        catch (IOException)
        {
            // It has ended: whoever waits for its answer is told.
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task ReadAsync()
    {
        while (await _node.StandardOutput.ReadLineAsync() is { } line)
        {
            using var document = JsonDocument.Parse(line);
            if (_waiting.TryRemove(document.RootElement.GetProperty("id").GetInt32(), out var answer))
            {
                answer.SetResult(document.RootElement.GetProperty("result").GetString()!);
            }
        }

        var errors = await _errors;
        foreach (var answer in _waiting.Values)
        {
            answer.TrySetException(new NodeEndedException(errors));
        }
    }
}

/// <summary>Node.js ended by itself before it had answered.</summary>
/// <param name="errors">What it wrote on standard error.</param>
internal sealed class NodeEndedException(string errors) : Exception("Node.js ended before it had answered. " + errors);
