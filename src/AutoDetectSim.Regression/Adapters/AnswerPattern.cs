using System.Text.RegularExpressions;

namespace AutoDetectSim.Regression.Adapters;

/// <summary>Regular expressions of adapters.</summary>
internal static class AnswerPattern
{
    /// <summary>How long one expression may look at one output.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static bool IsValid(string pattern)
    {
        try
        {
            _ = Compile(pattern);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Compiles an expression, in linear time where its form allows that.</summary>
    /// <exception cref="ArgumentException">It is not a regular expression.</exception>
    public static Regex Compile(string pattern)
    {
        const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.Multiline;
        try
        {
            return new Regex(pattern, Options | RegexOptions.NonBacktracking, Patience);
        }
        catch (NotSupportedException)
        {
            return new Regex(pattern, Options, Patience);
        }
    }
}
