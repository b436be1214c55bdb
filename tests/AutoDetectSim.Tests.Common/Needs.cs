namespace AutoDetectSim.Tests.Common;

/// <summary>
/// What a test needs besides the .NET SDK. Tests that start other programs have <c>[Trait("Needs", "tools")]</c>, and
/// <c>--filter "Needs!=tools"</c> leaves them out.
/// </summary>
public static class Needs
{
    /// <summary>The name of the trait.</summary>
    public const string Trait = "Needs";

    /// <summary>The value for tests that start programs which the .NET SDK does not bring.</summary>
    public const string Tools = "tools";

    // A shell is where the SDK is.
    private static readonly string[] Everywhere = ["dotnet", "sh"];

    /// <summary>The running test says that it needs tools, unless the program is the SDK or a shell.</summary>
    public static void AssertDeclared(string program)
    {
        var context = TestContext.Current;
        var traits = context.Test?.Traits ?? context.TestCase?.Traits ?? context.TestMethod?.Traits ?? context.TestClass?.Traits;
        if (traits is null || Everywhere.Contains(Path.GetFileNameWithoutExtension(program), StringComparer.Ordinal))
        {
            return;
        }

        Assert.True(
            traits.TryGetValue(Trait, out var needs) && needs.Contains(Tools, StringComparer.Ordinal),
            $"This test starts {program}, so it needs [Trait(\"{Trait}\", \"{Tools}\")].");
    }
}
