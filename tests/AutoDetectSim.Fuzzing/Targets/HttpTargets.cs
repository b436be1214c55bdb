using System.Buffers;
using AutoDetectSim.Hosting;
using AutoDetectSim.Protocols.Dialing;
using AutoDetectSim.Protocols.Node.Llhttp;

namespace AutoDetectSim.Fuzzing.Targets;

/// <summary>HTTP/1 as it arrives: it makes no difference in what pieces.</summary>
internal static class HttpTargets
{
    public static void Answer(ReadOnlySpan<byte> input)
    {
        var whole = Read(input, input.Length + 1);
        foreach (var size in (ReadOnlySpan<int>)[1, 7])
        {
            var parts = Read(input, size);
            if (parts.Error?.Code != whole.Error?.Code || (whole.Error is null && !parts.Accepted.AsSpan().SequenceEqual(whole.Accepted)))
            {
                throw new FuzzException($"In pieces of {size} bytes: {parts.Error?.Code ?? "fine"}; in one: {whole.Error?.Code ?? "fine"}.");
            }
        }
    }

    /// <summary>The same bytes are tried as a client's request and as the answer of a proxy to ours.</summary>
    public static void Connect(ReadOnlySpan<byte> input)
    {
        var bytes = input.ToArray();
        var isWhole = ConnectRequest.TryParse(new ReadOnlySequence<byte>(bytes), out var request, out _);
        var isWholeInParts = ConnectRequest.TryParse(Parts(bytes), out var inParts, out _);
        if (isWhole != isWholeInParts || request != inParts)
        {
            throw new FuzzException($"In pieces it is {inParts}, in one {request}.");
        }

        if (request is { } known && (Uri.CheckHostName(known.Host) == UriHostNameType.Unknown || known.Port is < 1 or > 65535))
        {
            throw new FuzzException($"{known} was taken.");
        }

        try
        {
            using var stream = new ProxyDialer(new Uri("http://203.0.113.1:8080"), new AnsweringDialer(bytes)).DialAsync("mail.contoso.com", 443, CancellationToken.None).GetAwaiter().GetResult();
        }
        catch (DialException)
        {
            // The proxy does not connect.
        }
    }

    private static (LlhttpError? Error, byte[] Accepted) Read(ReadOnlySpan<byte> input, int size)
    {
        var response = new LlhttpResponse();
        var accepted = new ArrayBufferWriter<byte>();
        while (!input.IsEmpty)
        {
            var part = input[..Math.Min(size, input.Length)];
            if (response.Read(part, accepted) is { } error)
            {
                return (error, accepted.WrittenSpan.ToArray());
            }

            input = input[part.Length..];
        }

        return (null, accepted.WrittenSpan.ToArray());
    }

    private static ReadOnlySequence<byte> Parts(byte[] bytes)
    {
        const int Size = 3;
        var first = new Part(bytes.AsMemory(0, Math.Min(Size, bytes.Length)), 0);
        var last = first;
        for (var at = last.Memory.Length; at < bytes.Length; at += last.Memory.Length)
        {
            last = last.Append(bytes.AsMemory(at, Math.Min(Size, bytes.Length - at)));
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Part : ReadOnlySequenceSegment<byte>
    {
        public Part(ReadOnlyMemory<byte> memory, long index) => (Memory, RunningIndex) = (memory, index);

        public Part Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Part(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }

    private sealed class AnsweringDialer(byte[] answer) : ITransportDialer
    {
        public Task<Stream> DialAsync(string host, int port, CancellationToken cancellationToken) => Task.FromResult<Stream>(new AnsweringStream(answer));

        private sealed class AnsweringStream(byte[] answer) : MemoryStream(answer)
        {
            public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;
        }
    }
}
