using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using System.Threading.Channels;
using AutoDetectSim.Certificates.Validation;

namespace AutoDetectSim.Cli.Verify;

/// <summary>Judges JSON lines on all processors and writes the answers in the order of the lines, each as soon as it and all before it are ready.</summary>
internal sealed class BatchRunner(TimeProvider time, StrictPathValidator validator)
{
    private const int MaxLineBytes = 16 * 1024 * 1024;
    private const int LinesInFlight = 512;

    private readonly AnchorCache _anchors = new();

    /// <summary>Reads lines until the input ends.</summary>
    /// <returns>Whether every line was valid.</returns>
    internal async Task<bool> RunAsync(Stream input, Stream output, CancellationToken cancellationToken)
    {
        var queue = Channel.CreateBounded<Task<Answer>>(new BoundedChannelOptions(LinesInFlight) { SingleReader = true, SingleWriter = true });
        var reading = ReadAsync(PipeReader.Create(input, new StreamPipeReaderOptions(bufferSize: 1 << 16)), queue.Writer, cancellationToken);
        var allValid = true;
        var buffered = new BufferedStream(output, 1 << 16);
        while (await queue.Reader.WaitToReadAsync(cancellationToken))
        {
            while (queue.Reader.TryRead(out var pending))
            {
                if (!pending.IsCompleted)
                {
                    await buffered.FlushAsync(cancellationToken);
                }

                var answer = await pending;
                allValid &= answer.Valid;
                await buffered.WriteAsync(answer.Line, cancellationToken);
            }

            // The next line may be written only once this one is answered.
            await buffered.FlushAsync(cancellationToken);
        }

        await reading;
        return allValid;
    }

    private async Task ReadAsync(PipeReader reader, ChannelWriter<Task<Answer>> queue, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        try
        {
            var tooLong = false;
            while (true)
            {
                var read = await reader.ReadAsync(cancellationToken);
                var buffer = read.Buffer;
                while (buffer.PositionOf((byte)'\n') is { } end)
                {
                    await QueueAsync(queue, buffer.Slice(0, end), tooLong, cancellationToken);
                    tooLong = false;
                    buffer = buffer.Slice(buffer.GetPosition(1, end));
                }

                if (read.IsCompleted)
                {
                    await QueueAsync(queue, buffer, tooLong, cancellationToken);
                    break;
                }

                if (buffer.Length > MaxLineBytes)
                {
                    tooLong = true;
                    buffer = buffer.Slice(buffer.End);
                }

                reader.AdvanceTo(buffer.Start, buffer.End);
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            failure = exception;
        }

        queue.Complete(failure);
        await reader.CompleteAsync();
    }

    private async ValueTask QueueAsync(ChannelWriter<Task<Answer>> queue, ReadOnlySequence<byte> line, bool tooLong, CancellationToken cancellationToken)
    {
        if (tooLong || line.Length > MaxLineBytes)
        {
            await queue.WriteAsync(Task.FromResult(Refuse("null", "the line is longer than 16 MiB")), cancellationToken);
            return;
        }

        var copy = line.ToArray();
        if (!copy.AsSpan().Trim(" \t\r"u8).IsEmpty)
        {
            await queue.WriteAsync(Task.Run(() => Judge(copy), cancellationToken), cancellationToken);
        }
    }

    private Answer Judge(byte[] line)
    {
        var input = BatchCase.Read(line, _anchors);
        if (input.Error is { } error)
        {
            return Refuse(input.Id, error);
        }

        var result = validator.Validate(input.Presented, input.Anchors, validator.Purpose == CertificatePurpose.Client ? null : input.Host, input.At ?? time.GetUtcNow());
        return Write(input.Id, valid: true, json =>
        {
            json.WriteString("result"u8, result.NodeCode);
            if (result.Depth is { } depth)
            {
                json.WriteNumber("depth"u8, depth);
            }
            else
            {
                json.WriteNull("depth"u8);
            }

            json.WriteString("subject"u8, result.Subject);
            json.WriteString("openssl"u8, result.Code.OpenSslName());
        });
    }

    private static Answer Refuse(string id, string error) => Write(id, valid: false, json => json.WriteString("error"u8, error));

    private static Answer Write(string id, bool valid, Action<Utf8JsonWriter> fields)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WritePropertyName("id"u8);
            json.WriteRawValue(id);
            fields(json);
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return new Answer(buffer.WrittenMemory, valid);
    }

    private readonly record struct Answer(ReadOnlyMemory<byte> Line, bool Valid);
}
