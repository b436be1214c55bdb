using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using AutoDetectSim.FunctionalTests.Support;

namespace AutoDetectSim.FunctionalTests.Export;

/// <summary>
/// The image, built without Docker and without a registry on the network, and the exported Pod in podman. It takes about two minutes;
/// <c>AUTODETECTSIM_SKIP_CONTAINERS=1</c> leaves it out.
/// </summary>
public sealed class PodmanTests
{
    private const string SkipVariable = "AUTODETECTSIM_SKIP_CONTAINERS";
    private const string Image = "autodetectsim:0.1.0";

    private static readonly IReadOnlyList<string> Needed = ["podman", "runc", "catatonit", "docker-registry", "mmdebstrap"];
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    [Fact]
    [Trait("Needs", "tools")]
    [Trait("Needs", "time")]
    public async Task The_image_runs_every_command_and_the_exported_Pod_shows_one_complete_node_of_four()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable(SkipVariable) == "1", $"{SkipVariable} is 1.");
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "The image is built here by root of a Linux.");
        Assert.SkipUnless(Needed.All(Programs.Has), $"Not installed: {string.Join(", ", Needed.Where(program => !Programs.Has(program)))}.");

        using var folder = new TemporaryFolder();
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["STORAGE_DRIVER"] = "vfs",

            // crun needs cgroups that a container may not have, and raising limits is not allowed there.
            ["CONTAINERS_CONF"] = folder.Write("containers.conf", """
                [containers]
                default_ulimits = ["nofile=4096:4096", "nproc=4096:4096"]
                [engine]
                runtime = "runc"
                """),
        };
        async Task<ToolResult> PodmanAsync(params string[] arguments)
        {
            var result = await Tool.RunAsync("podman", ["--root", folder.In("store"), "--runroot", folder.In("run"), "--network-config-dir", folder.In("networks"), .. arguments], environment: environment, limit: Patience);
            return result.ExitCode == 0 ? result : throw new InvalidOperationException(result.ToString());
        }

        var built = await Tool.RunAsync(Path.Combine(Tool.RepositoryRoot, "deploy", "build-image-offline"), ["--no-build", folder.In("image.tar")], environment: environment, limit: Patience);
        Assert.True(built.ExitCode == 0, built.ToString());
        await PodmanAsync("load", "--quiet", "--input", folder.In("image.tar"));
        string[] confined = ["run", "--rm", "--pull=never", "--read-only", "--cap-drop=all", "--network=none", Image];
        Assert.StartsWith("0.1.0", (await PodmanAsync([.. confined, "--version"])).Output, StringComparison.Ordinal);

        var scenario = folder.Write("one-of-four.yaml", """
            name: one-of-four
            seed: 4
            loadBalancers:
              perimeter:
                nodes:
                  - { name: ex01 }
                  - { name: "ex{02..04}", present: missingIntermediate }
            """);
        var exported = await InProcessCommand.RunAsync("export", "compose", scenario, "-o", folder.In("lab"), "--image", Image);
        Assert.True(exported.ExitCode == 0, exported.ToString());
        var (port, health) = (FreePort(), FreePort());
        var pod = folder.In("lab", "pod.yaml");
        var manifest = await File.ReadAllTextAsync(pod, TestContext.Current.CancellationToken);
        Assert.Contains("hostPort: 8888", manifest, StringComparison.Ordinal);
        manifest = manifest.Replace("hostPort: 8888", $"hostPort: {port}", StringComparison.Ordinal).Replace("hostPort: 8889", $"hostPort: {health}", StringComparison.Ordinal);
        await File.WriteAllTextAsync(pod, manifest, TestContext.Current.CancellationToken);
        await PodmanAsync("play", "kube", pod);
        try
        {
            await ReachAsync(health);
            var detected = await InProcessCommand.RunAsync(
                "detect", "your@contoso.com", "--url", "https://prod-autodetect.outlookmobile.com/detect", "--proxy", $"http://127.0.0.1:{port}", "--ca", folder.In("lab", "lab", "roots.pem"), "--attempts", "40", "--json");
            using var result = JsonDocument.Parse(detected.Output);
            Assert.True(result.RootElement.GetProperty("successes").GetInt32() == 10, detected.ToString());
            Assert.Equal(30, result.RootElement.GetProperty("errors").GetProperty("UNABLE_TO_VERIFY_LEAF_SIGNATURE").GetInt32());
        }
        finally
        {
            await PodmanAsync("play", "kube", "--down", pod);
            await PodmanAsync("network", "rm", "--force", "podman-default-kube-network");
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Waits until all parts are ready. podman forwards connections before anything listens.</summary>
    private static async Task ReachAsync(int port)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri($"http://127.0.0.1:{port}/readyz"), limit.Token);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Nothing listens yet.
            }
            catch (TaskCanceledException) when (!limit.IsCancellationRequested)
            {
                // podman took the connection, and nothing in the pod answers yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), limit.Token);
        }
    }
}
