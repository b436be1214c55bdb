namespace AutoDetectSim.Testing.FailingTests;

/// <summary>Tests whose tool does not do what it should.</summary>
public sealed class FailingTests() : LabTest("one-in-twenty")
{
    [Fact]
    public async Task It_fails()
    {
        using var http = Lab.CreateClient();
        await http.GetAsync("https://autodiscover.contoso.com/", TestContext.Current.CancellationToken);
        Assert.Fail("on purpose");
    }

    [Fact]
    public Task It_fails_to_assert() => Lab.Journal.AssertMetEveryNodeAsync();
}

/// <summary>A test whose lab cannot start.</summary>
public sealed class MisspelledTests() : LabTest("one-in-tweny")
{
    [Fact]
    public void It_has_no_lab() => Assert.NotNull(Lab);
}
