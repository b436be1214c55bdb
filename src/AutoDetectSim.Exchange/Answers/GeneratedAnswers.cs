using Microsoft.AspNetCore.Http;

namespace AutoDetectSim.Exchange.Answers;

/// <summary>Gives the generated answers in process, where nothing can replace them.</summary>
/// <param name="answers">The answers.</param>
internal sealed class GeneratedAnswers(AnswerTable answers) : IAnswerSource
{
    /// <inheritdoc />
    public Task AnswerAsync(HttpContext context, RequestFacts facts, Action<HttpResponse> sign)
    {
        var answer = answers.Give(facts);
        var response = context.Response;
        response.StatusCode = answer.StatusCode;
        foreach (var (name, value) in answer.Headers)
        {
            response.Headers.Append(name, value);
        }

        return AnswerResponse.SendAsync(response, answer.Body, answer.Body.Length, sign);
    }
}
