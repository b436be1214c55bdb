using AutoDetectSim.FunctionalTests.Support;

namespace AutoDetectSim.FunctionalTests.Roles;

public sealed class RoleOptionTests
{
    [Theory]
    [InlineData("--role must be node:BALANCER/NODE, balancer:NAME, autodetect, gateway, dns, cloud or all, not 'node:ex01'.", "--role", "node:ex01", "--parts", "p.yaml", "--pki", "pki")]
    [InlineData("--role requires --parts FILE: the addresses of the other parts.", "--role", "cloud", "--pki", "pki")]
    [InlineData("--role requires --pki FOLDER: without it, each process would present certificates of another PKI.", "--role", "cloud", "--parts", "p.yaml")]
    [InlineData("--role all is the whole lab: it cannot be combined with other roles.", "--role", "all", "--role", "dns", "--parts", "p.yaml")]
    [InlineData("--parts requires --role: a whole lab in one process has no other parts.", "--parts", "p.yaml")]
    [InlineData("--listen must be an IP address such as 0.0.0.0, not 'anywhere'.", "--listen", "anywhere")]
    [InlineData("p.yaml: file not found", "--role", "dns", "--parts", "p.yaml")]
    public async Task A_role_says_what_it_needs(string problem, params string[] options)
    {
        var refused = await InProcessCommand.RunAsync(["run", "one-in-twenty", .. options]);

        Assert.Contains(problem, refused.Error.ReplaceLineEndings(" "), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(2, refused.ExitCode);
    }

    [Theory]
    [InlineData("--control")]
    [InlineData("--wiremock-admin")]
    [InlineData("--gateway-port", "8888")]
    [InlineData("--dns-port", "5353")]
    [InlineData("--standard-ports")]
    public async Task A_part_takes_no_option_of_a_whole_lab(params string[] option)
    {
        var refused = await InProcessCommand.RunAsync(["run", "one-in-twenty", "--role", "dns", "--parts", "p.yaml", "--ready-file", "ready.json", .. option]);

        Assert.Contains($"{option[0]} requires a whole lab in this process: it cannot be combined with --role.", refused.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Equal(2, refused.ExitCode);
    }
}
