namespace AutoDetectSim.CertsGen.Tests;

/// <summary>Runs the command as a user does.</summary>
internal static class CertsGen
{
    public sealed record Result(int ExitCode, string Output, string Error)
    {
        public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    public static Result Run(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = CertsGenCommand.Run(args, output, error, TimeProvider.System);
        return new Result(exitCode, output.ToString(), error.ToString());
    }

    public static string Scenario(this TemporaryFolder folder, string nodes) => folder.Write(
        "scenario.yaml",
        $$"""
        name: test
        title: A | title
        authorities:
          root:    { trusted: true, crlUrl: "http://pki.contoso.com/root.crl" }
          issuing: { issuer: root, aia: true }
        certificates:
          mail: { issuer: issuing, hosts: [mail.contoso.com] }
        organizations:
          contoso: { domains: [contoso.com] }
        loadBalancers:
          perimeter:
            hosts: [mail.contoso.com, autodiscover.contoso.com]
            nodes:
        {{string.Concat(nodes.Split('\n', StringSplitOptions.TrimEntries).Select(node => $"      - {node}\n"))}}
        """);

    public static IReadOnlyList<string> Files(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];

}
