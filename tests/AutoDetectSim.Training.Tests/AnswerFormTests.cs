using AutoDetectSim.Training.Lessons;
using AutoDetectSim.Training.Sessions;

namespace AutoDetectSim.Training.Tests;

/// <summary>Answers that cannot be are refused, and cost nothing.</summary>
public sealed class AnswerFormTests
{
    [Theory]
    [InlineData("nodesOf", "three", "'three' is not a whole number, for example 3.")]
    [InlineData("status", "401 Unauthorized", "'401 Unauthorized' is not a whole number, for example 3.")]
    [InlineData("host", "mail.contoso.con", "There is no host 'mail.contoso.con' here: give the host name alone, as in the URL.")]
    [InlineData("host", "https://mail.contoso.com/x", "There is no host 'https://mail.contoso.com/x' here: give the host name alone, as in the URL.")]
    [InlineData("client", "often", "Unknown word 'often'. Choose from: always, sometimes, never.")]
    [InlineData("issuer", "pki.contoso.com", "'pki.contoso.com' is not a URL, for example https://host/path.")]
    [InlineData("header", "  ", "The answer to `header` is empty.")]
    public void An_answer_that_cannot_be_is_refused(string kind, string value, string message) => Assert.Equal(message, Problem(kind, value));

    [Theory]
    [InlineData("nodesOf", "99")]
    [InlineData("host", "MAIL.contoso.com.")]
    [InlineData("client", "Never")]
    [InlineData("issuer", "http://elsewhere/x.cer")]
    [InlineData("header", "anything")]
    public void A_wrong_answer_that_could_be_is_graded(string kind, string value) => Assert.Null(Problem(kind, value));

    private static string? Problem(string kind, string value)
    {
        var question = new QuestionDefinition { Name = kind, Ask = "?" };
        question = kind switch
        {
            "nodesOf" => question with { NodesOf = "perimeter" },
            "status" => question with { Fact = ObservedFact.ChallengeStatus },
            "host" => question with { Fact = ObservedFact.ActiveSyncHost },
            "client" => question with { Client = "windows" },
            "issuer" => question with { IssuerUrlOf = "perimeter" },
            _ => question with { Header = "X-Provider-Id" },
        };
        return AnswerForms.Problem(question, value, host => string.Equals(host, "mail.contoso.com", StringComparison.OrdinalIgnoreCase));
    }
}
