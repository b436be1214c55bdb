using System.Globalization;
using System.Text;
using System.Text.Json;
using AutoDetectSim.FunctionalTests.Support;

namespace AutoDetectSim.FunctionalTests.Roles;

/// <summary>Node processes in network namespaces behind balancers that are not ours. One of four nodes is complete.</summary>
[Collection(AloneCollection.Name)]
[Trait("Needs", "tools")]
public sealed class RealBalancerTests
{
    private const int Nodes = 4;
    private const int NodePort = 8443;

    [Fact]
    public async Task Through_each_of_four_real_balancers_check_finds_ten_of_forty_and_names_the_nodes()
    {
        Assert.SkipWhen(await NetworkOfNodes.ProblemAsync() is not null, "Network namespaces need root on Linux, and a kernel that allows them.");
        using var folder = new TemporaryFolder();
        await using var network = await NetworkOfNodes.CreateAsync(Nodes);
        var (scenario, pki, parts) = await WriteAsync(folder);
        var processes = new List<PartProcess>();
        try
        {
            processes.AddRange(await Task.WhenAll(Enumerable.Range(1, Nodes).Select(node =>
                PartProcess.StartAsync([scenario, "--role", $"node:perimeter/ex0{node}", "--pki", pki, "--parts", parts, "--listen", "0.0.0.0"], network.Node(node)))));
            processes.Add(await PartProcess.StartAsync([scenario, "--role", "gateway", "--pki", pki, "--parts", parts], network.Client));

            var found = new List<(string Balancer, string Found)>();
            foreach (var (name, start) in new (string, Func<Task<IAsyncDisposable>>)[]
            {
                ("iptables", () => StartIptablesAsync(network)),
                ("nft", () => StartNftAsync(network)),
                ("HAProxy", () => StartHaproxyAsync(network, folder)),
                ("nginx", () => StartNginxAsync(network, folder)),
            })
            {
                await using var balancer = await start();
                found.Add((name, await CheckAsync(network, pki)));
            }

            const string Expected = "UNABLE_TO_VERIFY_LEAF_SIGNATURE: 30 at EX02, EX03, EX04; OK: 10 at EX01";
            Assert.Equal([("iptables", Expected), ("nft", Expected), ("HAProxy", Expected), ("nginx", Expected)], found);
        }
        finally
        {
            foreach (var process in processes)
            {
                await process.DisposeAsync();
            }
        }
    }

    private static async Task<(string Scenario, string Pki, string Parts)> WriteAsync(TemporaryFolder folder)
    {
        var text = (await File.ReadAllTextAsync(Tool.Scenario("one-in-twenty.yaml"))).Replace("{02..20}", "{02..04}", StringComparison.Ordinal);
        var scenario = folder.Write("scenario.yaml", text[..text.IndexOf("\nexpect:", StringComparison.Ordinal)] + "\n");
        var parts = new StringBuilder("parts:\n");
        for (var node = 1; node <= Nodes; node++)
        {
            parts.Append(CultureInfo.InvariantCulture, $"  - {{ role: node:perimeter/ex0{node}, address: \"{NetworkOfNodes.AddressOf(node)}:{NodePort}\" }}\n");
        }

        parts.Append(CultureInfo.InvariantCulture, $$"""
              - { role: balancer:perimeter, address: "{{NetworkOfNodes.VirtualIp}}:443" }
              - { role: autodetect, address: "127.0.0.1:8080" }
              - { role: cloud, address: "127.0.0.1:8444" }
              - { role: gateway, address: "127.0.0.1:8888" }

            """);
        var pki = folder.In("pki");
        var exported = await InProcessCommand.RunAsync("export", "pki", scenario, "-o", pki);
        Assert.True(exported.ExitCode == 0, exported.Error);
        return (scenario, pki, folder.Write("parts.yaml", parts.ToString()));
    }

    /// <summary>What 40 connections find: each chain with its verdict, its number and its nodes.</summary>
    private static async Task<string> CheckAsync(NetworkOfNodes network, string pki)
    {
        var output = await Tool.RunAsync(network.Client[0], [.. network.Client.Skip(1), "dotnet", Tool.CommandAssembly, "check", "autodiscover.contoso.com", "--attempts", "40", "--proxy", "http://127.0.0.1:8888", "--ca", Path.Combine(pki, "roots.pem"), "--json"]);
        using var document = JsonDocument.Parse(output.Output);
        var groups = document.RootElement.GetProperty("hosts")[0].GetProperty("chains").EnumerateArray().Select(group =>
            $"{group.GetProperty("code").GetString()}: {group.GetProperty("attempts").GetInt32()} at {string.Join(", ", group.GetProperty("nodes").EnumerateArray().Select(node => node.GetString()).Order(StringComparer.Ordinal))}");
        return string.Join("; ", groups);
    }

    /// <summary>The rules of kube-proxy in iptables mode, with turns in the place of chance.</summary>
    private static async Task<IAsyncDisposable> StartIptablesAsync(NetworkOfNodes network)
    {
        for (var node = 1; node <= Nodes; node++)
        {
            var every = Nodes - node + 1;
            string[] turns = every == 1 ? [] : ["-m", "statistic", "--mode", "nth", "--every", every.ToString(CultureInfo.InvariantCulture), "--packet", "0"];
            await NetworkOfNodes.RunAsync(network.Router, ["iptables", "-t", "nat", "-A", "PREROUTING", "-d", NetworkOfNodes.VirtualIp, "-p", "tcp", "--dport", "443", .. turns, "-j", "DNAT", "--to-destination", $"{NetworkOfNodes.AddressOf(node)}:{NodePort}"]);
        }

        return new Undo(() => NetworkOfNodes.RunAsync(network.Router, "iptables", "-t", "nat", "-F"));
    }

    private static async Task<IAsyncDisposable> StartNftAsync(NetworkOfNodes network)
    {
        var map = string.Join(", ", Enumerable.Range(1, Nodes).Select(node => string.Create(CultureInfo.InvariantCulture, $"{node - 1} : {NetworkOfNodes.AddressOf(node)} . {NodePort}")));
        await NetworkOfNodes.RunAsync(network.Router, "nft", $$"""
            table ip lab {
                chain in {
                    type nat hook prerouting priority -100;
                    ip daddr {{NetworkOfNodes.VirtualIp}} tcp dport 443 dnat ip addr . port to numgen inc mod {{Nodes}} map { {{map}} }
                }
            }

            """);
        return new Undo(() => NetworkOfNodes.RunAsync(network.Router, "nft", "delete table ip lab"));
    }

    private static Task<IAsyncDisposable> StartHaproxyAsync(NetworkOfNodes network, TemporaryFolder folder)
    {
        var servers = string.Concat(Enumerable.Range(1, Nodes).Select(node => $"    server ex0{node} {NetworkOfNodes.AddressOf(node)}:{NodePort}\n"));
        var file = folder.Write("haproxy.cfg", $"""
            global
                maxconn 100
            defaults
                mode tcp
                timeout connect 10s
                timeout client 10s
                timeout server 10s
            listen perimeter
                bind {NetworkOfNodes.VirtualIp}:443
                balance roundrobin
            {servers}
            """);
        return StartAsync(network, "haproxy", ["-db", "-f", file]);
    }

    private static Task<IAsyncDisposable> StartNginxAsync(NetworkOfNodes network, TemporaryFolder folder)
    {
        var servers = string.Concat(Enumerable.Range(1, Nodes).Select(node => $"server {NetworkOfNodes.AddressOf(node)}:{NodePort}; "));
        var file = folder.Write("nginx.conf", $$"""
            load_module /usr/lib/nginx/modules/ngx_stream_module.so;
            daemon off;
            master_process off;
            pid {{folder.In("nginx.pid")}};
            error_log stderr notice;
            events {}
            stream {
                upstream perimeter { {{servers}} }
                server { listen {{NetworkOfNodes.VirtualIp}}:443; proxy_pass perimeter; }
            }
            """);
        return StartAsync(network, "nginx", ["-e", "stderr", "-c", file]);
    }

    /// <summary>Starts a program in the router, and waits until it listens.</summary>
    private static async Task<IAsyncDisposable> StartAsync(NetworkOfNodes network, string program, string[] arguments)
    {
        var process = Tool.Start(network.Router[0], [.. network.Router.Skip(1), program, .. arguments]);
        _ = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        var undo = new Undo(async () =>
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        });
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!(await NetworkOfNodes.RunAsync(network.Router, "ss", "-Hltn", "sport", "=", ":443")).Contains("LISTEN", StringComparison.Ordinal))
        {
            if (process.HasExited || limit.IsCancellationRequested)
            {
                await undo.DisposeAsync();
                throw new InvalidOperationException($"{program} does not listen: {await errors}");
            }
        }

        return undo;
    }

    private sealed class Undo(Func<Task> undo) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await undo();
    }
}
