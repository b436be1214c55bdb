using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AutoDetectSim.Documents;
using AutoDetectSim.Protocols.Http;

namespace AutoDetectSim.Control;

/// <summary>Calls a control server. Whatever answers at its address may be another program: answers have limits of time and size, and are read as UTF-8.</summary>
internal sealed class ControlClient : IDisposable
{
    /// <summary>More than the state of a lab with 10,000 nodes takes.</summary>
    private const int MaximumAnswer = 64 * 1024 * 1024;

    private const int MaximumSentence = 2000;

    /// <summary>Time for an answer to begin: a change of a large lab is made before it is answered.</summary>
    private static readonly TimeSpan BeginsWithin = TimeSpan.FromMinutes(10);

    /// <summary>Time for an answer to end once it has begun.</summary>
    private readonly TimeSpan _endsWithin;

    private readonly HttpClient _http;

    /// <param name="access">How the server is reached.</param>
    /// <param name="endsWithin">Time for an answer to end once it has begun; null for a minute.</param>
    public ControlClient(ControlAccess access, TimeSpan? endsWithin = null)
    {
        _endsWithin = endsWithin ?? TimeSpan.FromMinutes(1);
        _http = new HttpClient(PlainHandler.Create())
        {
            BaseAddress = new Uri(access.Url),
            Timeout = BeginsWithin,
        };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", access.Token);
    }

    /// <summary>Gets an answer.</summary>
    /// <exception cref="ControlException">The server refuses, and says why.</exception>
    /// <exception cref="HttpRequestException">The server is not there.</exception>
    public async Task<TAnswer> GetAsync<TAnswer>(string path, JsonTypeInfo<TAnswer> answer, CancellationToken cancellationToken) =>
        Read(await SendAsync(HttpMethod.Get, path, content: null, cancellationToken), answer);

    /// <summary>Gets a text.</summary>
    /// <exception cref="ControlException">The server refuses, and says why.</exception>
    /// <exception cref="HttpRequestException">The server is not there.</exception>
    public async Task<string> GetTextAsync(string path, CancellationToken cancellationToken) =>
        Encoding.UTF8.GetString((await SendAsync(HttpMethod.Get, path, content: null, cancellationToken)).Span);

    /// <summary>Posts a request.</summary>
    /// <exception cref="ControlException">The server refuses, and says why.</exception>
    /// <exception cref="HttpRequestException">The server is not there.</exception>
    public async Task<TAnswer> PostAsync<TRequest, TAnswer>(string path, TRequest request, JsonTypeInfo<TRequest> requestType, JsonTypeInfo<TAnswer> answer, CancellationToken cancellationToken)
    {
        using var content = JsonContent.Create(request, requestType);
        return Read(await SendAsync(HttpMethod.Post, path, content, cancellationToken), answer);
    }

    public void Dispose() => _http.Dispose();

    private async Task<ReadOnlyMemory<byte>> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = content };
        HttpResponseMessage response;
        try
        {
            response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (TaskCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HttpRequestException($"The server has not answered for {BeginsWithin.TotalMinutes.ToString(CultureInfo.InvariantCulture)} minutes.", exception);
        }

        using (response)
        {
            var body = await ReadAsync(response.Content, cancellationToken);
            return response.StatusCode == HttpStatusCode.OK ? body : throw Refusal((int)response.StatusCode, body);
        }
    }

    private async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_endsWithin);
        try
        {
            await content.LoadIntoBufferAsync(MaximumAnswer, limit.Token);
            return await content.ReadAsByteArrayAsync(limit.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HttpRequestException("The answer of the server does not end.", exception);
        }
    }

    private static TAnswer Read<TAnswer>(ReadOnlyMemory<byte> body, JsonTypeInfo<TAnswer> type)
    {
        try
        {
            return StrangersJson.Read(body, type) ?? throw new HttpRequestException("The response of the server is empty.");
        }
        catch (JsonException exception)
        {
            throw new HttpRequestException("The server is not a control server of this version: " + Shown(exception.Message), exception);
        }
    }

    private static ControlException Refusal(int status, ReadOnlyMemory<byte> body)
    {
        IReadOnlyList<string>? problems;
        try
        {
            problems = StrangersJson.Read(body, ControlJson.Default.ControlProblems)?.Problems;
        }
        catch (JsonException)
        {
            problems = null;
        }

        return new ControlException(status, problems is { Count: > 0 } ? [.. problems.Select(Shown)] : [string.Create(CultureInfo.InvariantCulture, $"The server answered with status {status}.")]);
    }

    /// <summary>A sentence of a stranger on one line, without what a terminal would act on.</summary>
    private static string Shown(string sentence) =>
        string.Concat((sentence.Length > MaximumSentence ? sentence[..MaximumSentence] + "…" : sentence).Select(character => char.IsControl(character) ? $"\\u{(int)character:x4}" : character.ToString()));
}
