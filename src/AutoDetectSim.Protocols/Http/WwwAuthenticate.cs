namespace AutoDetectSim.Protocols.Http;

/// <summary>One challenge of a WWW-Authenticate field (RFC 9110 11.6.1).</summary>
/// <param name="Scheme">The scheme as written.</param>
/// <param name="Parameters">Parameters in order, values without their quotes.</param>
internal sealed record AuthenticationChallenge(string Scheme, IReadOnlyList<KeyValuePair<string, string>> Parameters)
{
    public bool HasScheme(string scheme) => Scheme.Equals(scheme, StringComparison.OrdinalIgnoreCase);

    /// <summary>The value of a parameter, or null.</summary>
    public string? Parameter(string name)
    {
        foreach (var (key, value) in Parameters)
        {
            if (key.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        return null;
    }
}

/// <summary>
/// Reads WWW-Authenticate: several challenges in one field line or in several, in any order, scheme names without regard to
/// case. What is malformed is skipped to the next comma, since devices in front of Exchange rewrite these fields.
/// </summary>
internal static class WwwAuthenticate
{
    private const int MaximumChallenges = 32;

    /// <summary>The challenges of all field lines in order.</summary>
    public static IReadOnlyList<AuthenticationChallenge> Parse(IEnumerable<string> fieldLines)
    {
        var challenges = new List<AuthenticationChallenge>(2);
        foreach (var line in fieldLines)
        {
            ParseLine(line, challenges);
        }

        return challenges;
    }

    private static void ParseLine(ReadOnlySpan<char> rest, List<AuthenticationChallenge> challenges)
    {
        List<KeyValuePair<string, string>>? parameters = null;
        while (true)
        {
            rest = rest.TrimStart(" \t,");
            var token = ReadToken(rest);
            if (token.IsEmpty)
            {
                if (rest.IsEmpty)
                {
                    return;
                }

                rest = SkipElement(rest);
                continue;
            }

            var afterToken = rest[token.Length..];
            var value = afterToken.TrimStart(" \t");
            if (parameters is not null && value is ['=', ..] && !IsToken68Padding(value))
            {
                rest = ReadValue(value[1..].TrimStart(" \t"), out var text);
                parameters.Add(new(token.ToString(), text));
                continue;
            }

            // A token that no equals sign follows starts a challenge.
            if (challenges.Count == MaximumChallenges || (afterToken.Length > 0 && afterToken[0] is not (' ' or '\t' or ',')))
            {
                rest = SkipElement(rest);
                continue;
            }

            parameters = new(4);
            challenges.Add(new AuthenticationChallenge(token.ToString(), parameters));
            rest = SkipToken68(value);
        }
    }

    /// <summary>RFC 9110 11.2: token68 may end in equals signs, and then nothing but a comma follows.</summary>
    private static bool IsToken68Padding(ReadOnlySpan<char> value)
    {
        var after = value.TrimStart('=').TrimStart(" \t");
        return after.IsEmpty || after[0] == ',';
    }

    private static ReadOnlySpan<char> SkipToken68(ReadOnlySpan<char> rest)
    {
        var length = rest.IndexOfAnyExcept(Token68Characters);
        var candidate = length < 0 ? rest : rest[..length];
        if (candidate.IsEmpty)
        {
            return rest;
        }

        var after = rest[candidate.Length..];
        var padded = after.TrimStart('=');
        var next = padded.TrimStart(" \t");
        if (next.IsEmpty || next[0] == ',')
        {
            // Without padding, a lone token before a comma may as well be the next scheme: only padding or characters that
            // no token has show that it is token68.
            if (padded.Length != after.Length || candidate.ContainsAny('/', '+') || next.IsEmpty)
            {
                return next;
            }
        }

        return rest;
    }

    private static readonly System.Buffers.SearchValues<char> Token68Characters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/");

    private static readonly System.Buffers.SearchValues<char> TokenCharacters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`|~");

    private static ReadOnlySpan<char> ReadToken(ReadOnlySpan<char> text)
    {
        var length = text.IndexOfAnyExcept(TokenCharacters);
        return length < 0 ? text : text[..length];
    }

    private static ReadOnlySpan<char> ReadValue(ReadOnlySpan<char> rest, out string value)
    {
        if (rest is not ['"', ..])
        {
            var end = rest.IndexOfAny(" \t,");
            var text = end < 0 ? rest : rest[..end];
            value = text.ToString();
            return rest[text.Length..];
        }

        rest = rest[1..];
        var close = rest.IndexOfAny('"', '\\');
        if (close < 0)
        {
            value = rest.ToString();
            return [];
        }

        if (rest[close] == '"')
        {
            value = rest[..close].ToString();
            return rest[(close + 1)..];
        }

        var unescaped = new System.Text.StringBuilder(rest.Length);
        var i = 0;
        for (; i < rest.Length && rest[i] != '"'; i++)
        {
            if (rest[i] == '\\' && i + 1 < rest.Length)
            {
                i++;
            }

            unescaped.Append(rest[i]);
        }

        value = unescaped.ToString();
        return i < rest.Length ? rest[(i + 1)..] : [];
    }

    private static ReadOnlySpan<char> SkipElement(ReadOnlySpan<char> rest)
    {
        var comma = rest.IndexOf(',');
        return comma < 0 ? [] : rest[(comma + 1)..];
    }
}
