using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;

namespace AutoDetectSim.Cli.Output;

/// <summary>Options whose values are checked as they are read, with an error that names what was expected.</summary>
internal static class CheckedOption
{
    private const string LocalHost = "localhost";

    /// <summary>A whole number between two bounds.</summary>
    public static Option<int> WholeNumber(string name, string description, int minimum, int maximum, int defaultValue) => new(name)
    {
        Description = description,
        HelpName = RangeName(minimum, maximum),
        DefaultValueFactory = _ => defaultValue,
        CustomParser = result => ParseWholeNumber(name, result, minimum, maximum) ?? defaultValue,
    };

    /// <summary>A whole number between two bounds, or null when the option is not given.</summary>
    public static Option<int?> OptionalWholeNumber(string name, string description, int minimum, int maximum) => new(name)
    {
        Description = description,
        HelpName = RangeName(minimum, maximum),
        CustomParser = result => ParseWholeNumber(name, result, minimum, maximum),
    };

    /// <summary>An absolute URL with one of some schemes.</summary>
    public static Option<Uri?> Url(string name, string description, params string[] schemes) => new(name)
    {
        Description = description,
        HelpName = "url",
        CustomParser = result => ParseUrl(name, result, schemes),
    };

    /// <summary>An IP address with a port, or null when the option is not given.</summary>
    public static Option<IPEndPoint?> EndPoint(string name, string description, int defaultPort) => new(name)
    {
        Description = description,
        HelpName = "address[:port]",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            text = text.StartsWith(LocalHost, StringComparison.OrdinalIgnoreCase) ? IPAddress.Loopback + text[LocalHost.Length..] : text;
            if (IPEndPoint.TryParse(text, out var endPoint))
            {
                return endPoint.Port == 0 ? new IPEndPoint(endPoint.Address, defaultPort) : endPoint;
            }

            result.AddError($"{name} must be an IP address with an optional port, for example 127.0.0.1:{defaultPort}, not '{result.Tokens[0].Value}'.");
            return null;
        },
    };

    /// <summary>One of a few words, or null when the option is not given.</summary>
    public static Option<T?> Choice<T>(string name, string description, params (string Word, T Value)[] choices)
        where T : struct
    {
        var words = Array.ConvertAll(choices, choice => choice.Word);
        var option = new Option<T?>(name)
        {
            Description = description,
            HelpName = string.Join('|', words),
            CustomParser = result =>
            {
                var given = result.Tokens[0].Value;
                var index = Array.IndexOf(words, given);
                if (index >= 0)
                {
                    return choices[index].Value;
                }

                result.AddError($"{name} must be {string.Join(", ", words[..^1])} or {words[^1]}, not '{given}'.");
                return null;
            },
        };

        // Else shells would complete the names that the code has for them.
        option.CompletionSources.Clear();
        option.CompletionSources.Add(words);
        return option;
    }

    private static string RangeName(int minimum, int maximum) => maximum == int.MaxValue ? "number" : string.Create(CultureInfo.InvariantCulture, $"{minimum}..{maximum}");

    private static int? ParseWholeNumber(string name, ArgumentResult result, int minimum, int maximum)
    {
        if (int.TryParse(result.Tokens[0].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= minimum && value <= maximum)
        {
            return value;
        }

        result.AddError($"{name} must be a whole number from {minimum} to {maximum}, not '{result.Tokens[0].Value}'.");
        return null;
    }

    private static Uri? ParseUrl(string name, ArgumentResult result, string[] schemes)
    {
        if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var url) && schemes.Contains(url.Scheme, StringComparer.Ordinal))
        {
            return url;
        }

        result.AddError($"{name} must be an absolute URL that begins with {string.Join(" or ", schemes.Select(scheme => scheme + "://"))}, not '{result.Tokens[0].Value}'.");
        return null;
    }
}
