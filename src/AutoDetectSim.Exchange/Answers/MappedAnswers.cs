using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AutoDetectSim.Exchange.Answers;

/// <summary>
/// Gives the answers of the lab's WireMock.Net server, where mapping files and the admin API can replace generated answers.
/// A lab has at most one; it serves every generation that needs it.
/// </summary>
internal sealed class MappedAnswers : IAnswerSource, IDisposable
{
    private readonly MappingServer _server;
    private readonly AnswerForwarder _forwarder;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _warmUp;
    private MappingFiles? _files;

    private MappedAnswers(MappingServer server, TimeProvider time, ILoggerFactory loggers)
    {
        _server = server;
        _forwarder = new AnswerForwarder(server.Url, time, loggers);
        _warmUp = Task.Run(() => _forwarder.WarmUpAsync(_stopping.Token));
    }

    /// <summary>Where WireMock's admin API answers, if it was asked for.</summary>
    public Uri AdminUrl => new(_server.Url + MappingServer.AdminPath);

    /// <summary>The token of the admin API, or null without one.</summary>
    public string? AdminToken => _server.AdminToken;

    /// <summary>Starts the server on a free loopback port; it has no answers before <see cref="Use"/>. Throws when the port cannot be opened.</summary>
    /// <param name="admin">Whether the admin API answers.</param>
    /// <param name="time">The lab's time.</param>
    /// <param name="loggers">Where forwarding errors are logged.</param>
    public static MappedAnswers Start(bool admin, TimeProvider time, ILoggerFactory loggers)
    {
        var server = MappingServer.Start(admin);
        try
        {
            return new MappedAnswers(server, time, loggers);
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Replaces all answers. Where the mapping files are other ones than before, what the admin API was given is forgotten
    /// with them. Throws <see cref="MappingFileException"/> with all that is wrong with the files.
    /// </summary>
    public void Use(AnswerTable answers, MappingFiles files)
    {
        if (ReferenceEquals(files, _files))
        {
            _server.Answer(answers);
            return;
        }

        if (_files is not null)
        {
            _server.Clear();
        }

        _files = files;
        _server.Answer(answers);
        _server.Add(files);
    }

    /// <inheritdoc />
    public Task AnswerAsync(HttpContext context, RequestFacts facts, Action<HttpResponse> sign) => _forwarder.ForwardAsync(context, facts, sign);

    /// <inheritdoc />
    public void Dispose()
    {
        _stopping.Cancel();
        _warmUp.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing).GetAwaiter().GetResult();
        _stopping.Dispose();
        _forwarder.Dispose();
        _server.Dispose();
    }
}
