using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AutoDetectSim.Control;

/// <summary>Calls a control server.</summary>
internal sealed class ControlClient : IDisposable
{
    private readonly HttpClient _http;

    public ControlClient(ControlAccess access)
    {
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false, ActivityHeadersPropagator = null })
        {
            BaseAddress = new Uri(access.Url),
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", access.Token);
    }

    /// <summary>Gets an answer.</summary>
    /// <exception cref="ControlException">The server refuses, and says why.</exception>
    /// <exception cref="HttpRequestException">The server is not there.</exception>
    public async Task<TAnswer> GetAsync<TAnswer>(string path, JsonTypeInfo<TAnswer> answer, CancellationToken cancellationToken)
    {
        using var response = await _http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
        return await ReadAsync(response, answer, cancellationToken);
    }

    /// <summary>Gets a text.</summary>
    /// <exception cref="ControlException">The server refuses, and says why.</exception>
    /// <exception cref="HttpRequestException">The server is not there.</exception>
    public async Task<string> GetTextAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await _http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
        await ThrowIfRefusedAsync(response, cancellationToken);
        return await response.Content.ReadAsStringAsync(cancellationToken);
    }

    /// <summary>Posts a request.</summary>
    /// <exception cref="ControlException">The server refuses, and says why.</exception>
    /// <exception cref="HttpRequestException">The server is not there.</exception>
    public async Task<TAnswer> PostAsync<TRequest, TAnswer>(string path, TRequest request, JsonTypeInfo<TRequest> requestType, JsonTypeInfo<TAnswer> answer, CancellationToken cancellationToken)
    {
        using var content = JsonContent.Create(request, requestType);
        using var response = await _http.PostAsync(new Uri(path, UriKind.Relative), content, cancellationToken);
        return await ReadAsync(response, answer, cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    private static async Task<TAnswer> ReadAsync<TAnswer>(HttpResponseMessage response, JsonTypeInfo<TAnswer> type, CancellationToken cancellationToken)
    {
        await ThrowIfRefusedAsync(response, cancellationToken);
        try
        {
            return await response.Content.ReadFromJsonAsync(type, cancellationToken) ?? throw new HttpRequestException("The response of the server is empty.");
        }
        catch (JsonException exception)
        {
            throw new HttpRequestException("The server is not a control server of this version: " + exception.Message, exception);
        }
    }

    private static async Task ThrowIfRefusedAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode == HttpStatusCode.OK)
        {
            return;
        }

        ControlProblems? problems;
        try
        {
            problems = await response.Content.ReadFromJsonAsync(ControlJson.Default.ControlProblems, cancellationToken);
        }
        catch (JsonException)
        {
            problems = null;
        }

        throw new ControlException((int)response.StatusCode, problems?.Problems ?? [$"The server answered with status {(int)response.StatusCode}."]);
    }
}
