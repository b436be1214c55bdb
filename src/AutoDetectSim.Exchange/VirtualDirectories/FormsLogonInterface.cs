using System.Text;
using AutoDetectSim.Exchange.Answers;
using AutoDetectSim.Exchange.Logon;
using AutoDetectSim.Exchange.Organizations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace AutoDetectSim.Exchange.VirtualDirectories;

/// <summary>OWA and ECP: a redirect to the logon form ([GUC]), the form, and what it leads to ([OWAFORM]).</summary>
internal sealed class FormsLogonInterface(LogonService logons, FormsSessions sessions, string operation, string folder) : IExchangeInterface
{
    private const string LogonPath = "/owa/auth/logon.aspx";
    private const string PostPath = "/owa/auth.owa";
    private const string Redirect = "redirect";
    private const string Form = "form";
    private const string LoggedOn = "loggedOn";
    private const string WrongPassword = "wrongPassword";
    private const string Page = "page";

    /// <inheritdoc />
    public string Operation => operation;

    /// <inheritdoc />
    public bool Accepts(ExchangeRequest request) => request.IsBelow(folder);

    /// <inheritdoc />
    public ValueTask<Handling> JudgeAsync(ExchangeRequest request, Organization organization)
    {
        var http = request.Context.Request;
        var host = http.Host.Value ?? "";
        if (request.Path.StartsWith("/owa/auth/", StringComparison.OrdinalIgnoreCase))
        {
            return ValueTask.FromResult(new Handling(Form));
        }

        if (HttpMethods.IsPost(http.Method) && request.Path.Equals(PostPath, StringComparison.OrdinalIgnoreCase))
        {
            return ValueTask.FromResult(LogOn(request, organization, host));
        }

        if (sessions.Find(http.Cookies[FormsSessions.Cookies[0]]) is { } owner && organization.HasMailbox(owner))
        {
            request.Trace.User = owner.Text;
            return ValueTask.FromResult(new Handling(Page) { ReachesBackEnd = true, MailboxServer = organization.Settings(owner).Server, Facts = [(RequestFacts.Email, owner.Text)] });
        }

        var returnUrl = Uri.EscapeDataString($"https://{host}{folder}/");
        return ValueTask.FromResult(new Handling(Redirect) { Facts = [(RequestFacts.Url, $"https://{host}{LogonPath}?url={returnUrl}&reason=0")] });
    }

    /// <inheritdoc />
    public IEnumerable<AnswerDefinition> Answers(Organization organization)
    {
        yield return new AnswerDefinition(Operation, Redirect, facts => Answer.ObjectMoved(facts[RequestFacts.Url], ("Cache-Control", "private")));
        yield return new AnswerDefinition(Operation, WrongPassword, facts => Answer.ObjectMoved(facts[RequestFacts.Url], ("Cache-Control", "private")));
        yield return new AnswerDefinition(Operation, LoggedOn, facts => Answer.ObjectMoved(
            facts[RequestFacts.Url],
            [("Cache-Control", "private"), .. FormsSessions.Cookies.Select(name => ("Set-Cookie", $"{name}={facts[RequestFacts.Detail]}; path=/; secure; HttpOnly"))]));
        yield return new AnswerDefinition(Operation, Page, facts => Answer.Text(
            200,
            "text/html; charset=utf-8",
            $"<!DOCTYPE html>\r\n<html><head><title>Mail</title></head>\r\n<body><p>{System.Web.HttpUtility.HtmlEncode(facts[RequestFacts.Email])} is signed in.</p></body></html>\r\n",
            ("Cache-Control", "no-cache, no-store")));
        yield return new AnswerDefinition(Operation, Form, _ => Answer.Text(
            200,
            "text/html; charset=utf-8",
            "<!DOCTYPE html>\r\n<html><head><title>Outlook</title></head>\r\n<body><form action=\"/owa/auth.owa\" method=\"POST\" name=\"logonForm\">"
            + "<input name=\"username\"/><input name=\"password\" type=\"password\"/><input type=\"submit\" value=\"sign in\"/></form></body></html>\r\n",
            ("Cache-Control", "no-cache, no-store")));
    }

    private Handling LogOn(ExchangeRequest request, Organization organization, string host)
    {
        var form = QueryHelpers.ParseQuery(Encoding.UTF8.GetString(request.Body.Span));
        var destination = Destination(form.GetValueOrDefault("destination"), host);
        if (logons.JudgePassword(form.GetValueOrDefault("username"), form.GetValueOrDefault("password"), organization) is not { } mailbox)
        {
            return new Handling(WrongPassword) { Facts = [(RequestFacts.Url, $"https://{host}{LogonPath}?replaceCurrent=1&reason=2&url={Uri.EscapeDataString(destination)}")] };
        }

        request.Trace.User = mailbox.Text;
        return new Handling(LoggedOn) { Facts = [(RequestFacts.Url, destination), (RequestFacts.Detail, sessions.Begin(mailbox))] };
    }

    // The form leads to no other server.
    private static string Destination(StringValues asked, string host) =>
        Uri.TryCreate(asked.ToString(), UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps && url.Authority.Equals(host, StringComparison.OrdinalIgnoreCase)
            ? url.AbsoluteUri
            : $"https://{host}/owa/";
}
