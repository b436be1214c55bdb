using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using AutoDetectSim.Certificates.Validation;
using AutoDetectSim.Certificates.Validation.Diagnosis;
using AutoDetectSim.Documents;
using AutoDetectSim.Protocols.Http;
using AutoDetectSim.Protocols.Node;

namespace AutoDetectSim.Diagnosis.Explaining;

/// <summary>Turns pasted text into what it says.</summary>
internal static partial class HeaderExplainer
{
    private static readonly SearchValues<char> Base64Characters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_=");

    private const string OpenSslPrefix = "X509_V_ERR_";

    /// <summary>Longer words are base64.</summary>
    private const int LongestCode = 60;

    private static readonly JsonElement EmptyObject = JsonDocument.Parse("{}").RootElement.Clone();

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Explains a value, or every header that can be explained in a response head.</summary>
    /// <exception cref="UnreadableHeaderException">Nothing can be explained.</exception>
    public static ExplainedAnswer Explain(string text)
    {
        var answers = PastedHeaders.Find(text).Select(Explain).Where(answer => answer.Headers.Count > 0).ToList();
        return answers.Count == 1 ? answers[0]
            : answers.Count > 1 ? new ExplainedAnswer { Headers = [.. answers.SelectMany((answer, index) => answer.Headers.Select(header => header with { Answer = index + 1 }))] }
            : new ExplainedAnswer { Headers = ExplainJson(text) is { } decoded ? [decoded] : Codes(text) is { Count: > 0 } codes ? codes : [ExplainValue(text)] };
    }

    /// <summary>Explains the headers of an answer that can be explained.</summary>
    /// <exception cref="UnreadableHeaderException">One of them is damaged.</exception>
    public static ExplainedAnswer Explain(IReadOnlyDictionary<string, string> headers)
    {
        var explained = new List<ExplainedHeader>();
        if (headers.TryGetValue(AutoDetectHeaders.DebugSupport, out var debug))
        {
            explained.Add(ExplainDebugSupport(debug));
        }

        if (headers.TryGetValue(AutoDetectHeaders.FeedbackToken, out var token))
        {
            explained.Add(ExplainFeedbackToken(token));
        }

        if (headers.TryGetValue(AutoDetectHeaders.AutoDv2Error, out var error))
        {
            explained.Add(new ExplainedHeader { Name = AutoDetectHeaders.AutoDv2Error, Text = error, Words = [AutoDv2ErrorText.Of(error)] });
        }

        return new ExplainedAnswer { Headers = explained };
    }

    /// <summary>JSON that is decoded already; null where the text holds none.</summary>
    private static ExplainedHeader? ExplainJson(string text)
    {
        var (from, to) = (text.IndexOf('{', StringComparison.Ordinal), text.LastIndexOf('}'));
        if (from < 0 || to < from)
        {
            return null;
        }

        JsonElement json;
        try
        {
            using var document = StrangersJson.Parse(text[from..(to + 1)], new JsonDocumentOptions { MaxDepth = 32, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            json = document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }

        return json.TryGetProperty("decision", out var decision) && decision.ValueKind == JsonValueKind.String
            ? new ExplainedHeader { Name = AutoDetectHeaders.DebugSupport, Value = json, Words = DebugSupportText.Of(json) }
            : json.Member("D") is not null && json.Member("iat") is not null
            ? new ExplainedHeader { Name = AutoDetectHeaders.FeedbackToken, Value = json, Words = [.. FeedbackTokenText.Of(EmptyObject, json).Skip(1)] }
            : null;
    }

    /// <summary>The codes that a text names.</summary>
    private static List<ExplainedHeader> Codes(string text)
    {
        var trimmed = text.Trim().Trim('"', '\'', '.');
        if (NodeErrors.Describe(trimmed) is not null)
        {
            return [OfCode(trimmed)];
        }

        if (OfOpenSsl(trimmed) is { } lumped)
        {
            return [lumped];
        }

        var words = Word().Matches(text).Select(match => match.Value).Distinct(StringComparer.Ordinal).ToList();
        if (words is [var only] && only.Length == trimmed.Length && only.Contains('_', StringComparison.Ordinal) && NodeErrors.Describe(only.ToUpperInvariant()) is null && only.Length < LongestCode)
        {
            var nearest = NearestName.Find(only.ToUpperInvariant(), NodeErrors.All);
            throw new UnreadableHeaderException($"{only} is not a code that AutoDetect is known to give{(nearest is null ? "." : $"; did you mean {nearest}?")}");
        }

        return [.. words.Select(word => word.ToUpperInvariant() is var upper && words.Count == 1 && trimmed.Length == word.Length ? upper : word).Where(word => NodeErrors.Describe(word) is not null).Select(OfCode)];
    }

    private static ExplainedHeader OfCode(string code) => new() { Name = AutoDetectHeaders.AutoDv2Error, Text = code, Words = [AutoDv2ErrorText.Of(code)] };

    /// <summary>A result by OpenSSL's name for it, which tells apart several that Node.js reports under one name.</summary>
    private static ExplainedHeader? OfOpenSsl(string text)
    {
        var name = text.StartsWith(OpenSslPrefix, StringComparison.OrdinalIgnoreCase) ? text[OpenSslPrefix.Length..] : text;
        foreach (var code in Enum.GetValues<ValidationCode>().Where(code => string.Equals(code.OpenSslName(), name, StringComparison.OrdinalIgnoreCase) && NodeErrors.Describe(code.OpenSslName()) is null))
        {
            var (meaning, remedy) = ResultText.For(code);
            var names = code.OpenSslName() == code.NodeName() ? string.Empty : $"{OpenSslPrefix}{code.OpenSslName()} of OpenSSL, for which Node.js reports {code.NodeName()}: ";
            return new() { Name = AutoDetectHeaders.AutoDv2Error, Text = code.NodeName(), Words = [$"{names}{meaning} {remedy}".TrimEnd()] };
        }

        return null;
    }

    private static ExplainedHeader ExplainValue(string text)
    {
        var value = new string([.. text.Where(character => !char.IsWhiteSpace(character))]).Trim('"', '\'');
        if (value.Length == 0)
        {
            throw new UnreadableHeaderException("Nothing was given: paste the value of X-Debug-Support or X-Feedback-Token, a whole response head, or a code such as UNABLE_TO_VERIFY_LEAF_SIGNATURE.");
        }

        // A value is one word, or one that was broken into lines; sentences and the output of programs are something else.
        if (text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is { Length: > 3 } words && words.Count(word => word.AsSpan().ContainsAnyExcept(Base64Characters)) > 1)
        {
            throw new UnreadableHeaderException("The text has none of AutoDetect's headers (X-Debug-Support, X-Feedback-Token, X-AutoDv2-Error). For output of openssl, curl, scanners or browsers, use autodetectsim capture --from FILE.");
        }

        return value.Count(character => character == '.') == 2 ? ExplainFeedbackToken(value) : ExplainDebugSupport(value);
    }

    private static ExplainedHeader ExplainDebugSupport(string value)
    {
        var json = ParseObject(Decode(value, AutoDetectHeaders.DebugSupport), AutoDetectHeaders.DebugSupport);
        if (!json.TryGetProperty("decision", out var decision) || decision.ValueKind != JsonValueKind.String)
        {
            throw new UnreadableHeaderException("The text decodes to JSON, but not to X-Debug-Support's: it has no \"decision\".");
        }

        return new ExplainedHeader { Name = AutoDetectHeaders.DebugSupport, Value = json, Words = DebugSupportText.Of(json) };
    }

    private static ExplainedHeader ExplainFeedbackToken(string value)
    {
        var parts = value.Split('.');
        if (parts.Length != 3)
        {
            throw new UnreadableHeaderException($"X-Feedback-Token is a JWT of three parts with dots between them; this has {parts.Length}.");
        }

        var header = ParseObject(Decode(parts[0], "the first part of X-Feedback-Token"), "the first part of X-Feedback-Token");
        var claims = ParseObject(Decode(parts[1], "the second part of X-Feedback-Token"), "the second part of X-Feedback-Token");
        return new ExplainedHeader { Name = AutoDetectHeaders.FeedbackToken, Header = header, Value = claims, Words = FeedbackTokenText.Of(header, claims) };
    }

    private static string Decode(string value, string what)
    {
        var at = value.AsSpan().IndexOfAnyExcept(Base64Characters);
        if (at >= 0)
        {
            throw new UnreadableHeaderException($"{Capitalized(what)} is base64, and '{Printable(value[at])}' at position {at + 1} is not: the text is damaged, or something else.");
        }

        var plain = value.TrimEnd('=').Replace('-', '+').Replace('_', '/');
        try
        {
            return StrictUtf8.GetString(Convert.FromBase64String(plain.PadRight((plain.Length + 3) / 4 * 4, '=')));
        }
        catch (FormatException)
        {
            throw new UnreadableHeaderException($"{Capitalized(what)} is base64, and no base64 text has {plain.Length} characters: part of it is missing.");
        }
        catch (DecoderFallbackException)
        {
            throw new UnreadableHeaderException($"{Capitalized(what)} does not decode to text: it is damaged, or something else.");
        }
    }

    private static JsonElement ParseObject(string text, string what)
    {
        try
        {
            using var document = StrangersJson.Parse(text, new JsonDocumentOptions { MaxDepth = 32 });
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.Clone()
                : throw new UnreadableHeaderException($"{Capitalized(what)} decodes to JSON, but not to an object.");
        }
        catch (JsonException exception)
        {
            throw new UnreadableHeaderException($"{Capitalized(what)} decodes to text that is not JSON{(exception.BytePositionInLine is { } position ? $" (position {position + 1})" : "")}: part of it is missing, or it is something else.");
        }
    }

    private static string Printable(char character) => char.IsControl(character) ? $"\\u{(int)character:x4}" : character.ToString();

    private static string Capitalized(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    [GeneratedRegex("\\b[A-Za-z][A-Za-z0-9]{1,30}(_[A-Za-z0-9]{1,30}){0,12}\\b", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Word();
}
