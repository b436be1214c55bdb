using AutoDetectSim.Exchange.Answers;

namespace AutoDetectSim.Exchange;

/// <summary>What IIS itself answers when no interface of Exchange does.</summary>
internal static class IisAnswers
{
    private const string Html = "text/html";

    /// <summary>404 with the page of IIS for clients that are not the server itself.</summary>
    public static Answer NotFound() => Page(404, "404 - File or directory not found.", "The resource you are looking for might have been removed, had its name changed, or is temporarily unavailable.");

    /// <summary>403.</summary>
    public static Answer Forbidden() => Page(403, "403 - Forbidden: Access is denied.", "You do not have permission to view this directory or page using the credentials that you supplied.");

    /// <summary>500.</summary>
    public static Answer ServerError() => Page(500, "500 - Internal server error.", "There is a problem with the resource you are looking for, and it cannot be displayed.");

    /// <summary>503 of an application pool that is stopped.</summary>
    public static Answer ServiceUnavailable() => Page(503, "Service Unavailable", "HTTP Error 503. The service is unavailable.");

    private static Answer Page(int status, string title, string text) =>
        Answer.Text(status, Html, $"<!DOCTYPE html>\r\n<html><head><title>{title}</title></head>\r\n<body><h2>{title}</h2>\r\n<h3>{text}</h3></body></html>\r\n");
}
