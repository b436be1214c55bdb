using AutoDetectSim.Exchange.Answers;
using AutoDetectSim.Exchange.Organizations;

namespace AutoDetectSim.Exchange.VirtualDirectories;

/// <summary>OWA and ECP: a redirect to the logon form ([GUC]), and the form.</summary>
internal sealed class FormsLogonInterface(string operation, string folder) : IExchangeInterface
{
    private const string LogonPath = "/owa/auth/logon.aspx";
    private const string Redirect = "redirect";
    private const string Form = "form";

    /// <inheritdoc />
    public string Operation => operation;

    /// <inheritdoc />
    public bool Accepts(ExchangeRequest request) => request.IsBelow(folder);

    /// <inheritdoc />
    public ValueTask<Handling> JudgeAsync(ExchangeRequest request, Organization organization)
    {
        var host = request.Context.Request.Host.Value ?? "";
        var returnUrl = Uri.EscapeDataString($"https://{host}{folder}/");
        return ValueTask.FromResult(request.Path.StartsWith("/owa/auth/", StringComparison.OrdinalIgnoreCase)
            ? new Handling(Form)
            : new Handling(Redirect) { Facts = [(RequestFacts.Url, $"https://{host}{LogonPath}?url={returnUrl}&reason=0")] });
    }

    /// <inheritdoc />
    public IEnumerable<AnswerDefinition> Answers(Organization organization)
    {
        yield return new AnswerDefinition(Operation, Redirect, facts => Answer.ObjectMoved(facts[RequestFacts.Url], ("Cache-Control", "private")));
        yield return new AnswerDefinition(Operation, Form, _ => Answer.Text(
            200,
            "text/html; charset=utf-8",
            "<!DOCTYPE html>\r\n<html><head><title>Outlook</title></head>\r\n<body><form action=\"/owa/auth.owa\" method=\"POST\" name=\"logonForm\">"
            + "<input name=\"username\"/><input name=\"password\" type=\"password\"/><input type=\"submit\" value=\"sign in\"/></form></body></html>\r\n",
            ("Cache-Control", "no-cache, no-store")));
    }
}
