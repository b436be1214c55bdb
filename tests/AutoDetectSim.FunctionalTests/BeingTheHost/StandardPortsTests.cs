using System.Globalization;

namespace AutoDetectSim.FunctionalTests.BeingTheHost;

/// <summary><c>run --standard-ports</c>, each time on a network that the test makes for itself: ports and addresses of this computer are not touched.</summary>
[Trait("Needs", "tools")]
public sealed class StandardPortsTests
{
    /// <summary>What the scripts of these tests share.</summary>
    private const string Prelude = """
        exec 2>&1
        ip link set lo up
        autodetectsim() { dotnet "$ASSEMBLY" "$@"; }
        lab() { # lab NAME SCENARIO OPTIONS..: starts a lab, whose ready file is NAME.json
            file=$1.json
            shift
            dotnet "$ASSEMBLY" run "$@" --ready-file $file > $file.log 2>&1 &
            labs="${labs:-} $!"
            until [ -e $file ]; do kill -0 $! || { cat $file.log; exit 1; }; sleep 0.1; done
        }
        trap 'kill ${labs:-} ${others:-}; wait' EXIT
        at() { sed -n 's/.*"'$2'": "\(.*\)",*/\1/p' $1.json | head -1; }
        ask() { # ask NAME ADDRESS:PORT URL: the status, or curl's message
            curl -sS -o /dev/null -w '%{http_code}\n' --cacert $(at $1 rootCertificate) --connect-to ::$2 $3 2>&1 | head -1
        }
        listen() { # listen ADDRESS PORT: another program
            : > listening
            python3 -c 'import socket, sys; s = socket.create_server((sys.argv[1], int(sys.argv[2]))); print("listening", flush=True); s.accept()' $1 $2 > listening &
            others="${others:-} $!"
            until grep -q listening listening; do kill -0 $! || exit 1; sleep 0.1; done
        }
        without_rights="setpriv --bounding-set=-net_bind_service --inh-caps=-all dotnet $ASSEMBLY"

        """;

    [Fact]
    public async Task Two_labs_run_at_once_on_networks_of_their_own_and_a_third_is_told_which_address_is_taken()
    {
        var lines = await RunAsync("""
            lab one healthy --standard-ports
            lab other none-complete --standard-ports 127.81.0.0/24
            at one endpoint
            at other endpoint
            ask one 127.80.0.1:443 https://mail.contoso.com/owa/
            ask other 127.81.0.1:443 https://mail.contoso.com/owa/
            autodetectsim run healthy --standard-ports
            echo $?
            ask one 127.80.0.1:443 https://mail.contoso.com/owa/
            """);
        Assert.Equal(
            [
                "127.80.0.1:443",
                "127.81.0.1:443",
                "302",
                "curl: (60) SSL certificate problem: unable to get local issuer certificate",
                "The lab could not start: The lab cannot listen: 127.80.0.1:443: another program or lab is listening there. Give each lab its own network of loopback addresses, or stop the program that listens on this port of every address",
                "3",
                "302",
            ],
            lines);
    }

    [Theory]
    [InlineData("127.80.0.2", "443", "127.80.0.2:443")]
    [InlineData("0.0.0.0", "443", "127.80.0.1:443")]
    public async Task A_port_that_another_program_has_is_named(string address, string port, string named)
    {
        var lines = await RunAsync($"""
            listen {address} {port}
            autodetectsim run healthy --standard-ports --ready-file ready.json
            echo $?
            ls ready.json 2> /dev/null
            """);
        Assert.Collection(
            lines,
            line => Assert.StartsWith($"The lab could not start: The lab cannot listen: {named}: another program or lab is listening there.", line, StringComparison.Ordinal),
            line => Assert.Equal("3", line));
    }

    [Theory]
    [InlineData("--standard-ports", "The lab cannot listen: 127.80.0.1:443", 80)]
    [InlineData("--gateway-port 80", "The lab cannot listen: 127.0.0.1:80", 80)]
    [InlineData("--dns-port 53", "The DNS server cannot listen: 127.0.0.1:53", 53)]
    public async Task Who_may_not_open_low_ports_is_told_how_to_be_allowed_to(string option, string what, int from)
    {
        var lines = await RunAsync($$"""
            $without_rights run healthy {{option}}
            echo $?
            echo {{from.ToString(CultureInfo.InvariantCulture)}} > /proc/sys/net/ipv4/ip_unprivileged_port_start
            $without_rights run healthy {{option}} --ready-file ready.json > log 2>&1 &
            labs=$!
            until [ -e ready.json ]; do kill -0 $! || { cat log; exit 1; }; sleep 0.1; done
            echo it runs
            """);
        Assert.Equal(
            [
                $"The lab could not start: {what}: permission denied. Linux reserves ports below 1024 for administrators by default; to change that: sudo sysctl net.ipv4.ip_unprivileged_port_start={from}",
                "3",
                "it runs",
            ],
            lines);
    }

    [Fact]
    public async Task A_network_with_too_few_addresses_is_refused_before_the_lab_runs()
    {
        using var directory = new TemporaryFolder();
        var many = directory.Write("many.yaml", "loadBalancers:\n" + string.Concat(Enumerable.Range(1, 9).Select(number => $"  site{number}: {{ hosts: [site{number}.contoso.com], nodes: 1 }}\n")));
        var lines = await RunAsync($"""
            autodetectsim run {many} --standard-ports 127.80.0.0/29
            echo $?
            autodetectsim run {many} --standard-ports 127.80.0.0/30
            echo $?
            autodetectsim run {many} --standard-ports 192.168.0.0/24
            echo $?
            """);
        Assert.Equal("The lab could not start: The lab cannot listen: 127.80.0.0/29 has too few addresses: the lab has more than 7 virtual IPs", lines[0]);
        Assert.Equal(["3", "2", "2"], lines.Where(line => line.Length == 1));
        Assert.Contains("--standard-ports requires a network of loopback addresses such as 127.80.0.0/24, at least a /29, not '192.168.0.0/24'.", lines);
    }

    [Fact]
    public async Task A_lab_changes_while_it_runs_at_real_ports()
    {
        using var directory = new TemporaryFolder();
        var scenario = directory.Write("world.yaml", "loadBalancers:\n  perimeter: { hosts: [autodiscover.contoso.com, mail.contoso.com], nodes: [ex01] }\n  spare: { hosts: [spare.contoso.com], nodes: [ex02] }\n");
        var lines = await RunAsync($$"""
            lab lab {{scenario}} --standard-ports --dns-port 53 --control --hosts-file hosts
            change() { dotnet "$ASSEMBLY" change --lab lab.json "$@" > log 2>&1 || cat log; }
            owa() { ask lab $(dig +short @127.0.0.1 mail.contoso.com):443 https://mail.contoso.com/owa/; }
            grep mail.contoso.com hosts
            owa
            change 'ex01: up false'
            owa
            change 'ex01: up'
            owa
            ask lab 127.80.0.1:80 http://mail.contoso.com/owa/
            change 'perimeter: http redirect'
            ask lab 127.80.0.1:80 http://mail.contoso.com/owa/
            change 'ex01: present missingIntermediate'
            owa
            change 'dns/mail.contoso.com: A 203.0.113.11'
            dig +short @127.0.0.1 mail.contoso.com
            owa
            change --reset
            dig +short @127.0.0.1 mail.contoso.com
            owa
            ask lab 127.80.0.1:80 http://mail.contoso.com/owa/
            """);
        Assert.Equal(
            [
                "127.80.0.1\tmail.contoso.com\t# AutoDetectSim",
                "302",
                Refused("127.80.0.1", 443),
                "302",
                Refused("127.80.0.1", 80),
                "302",
                "curl: (60) SSL certificate problem: unable to get local issuer certificate",
                "127.80.0.2",
                "curl: (60) SSL: no alternative certificate subject name matches target host name 'mail.contoso.com'",
                "127.80.0.1",
                "302",
                Refused("127.80.0.1", 80),
            ],
            lines.Select(line => System.Text.RegularExpressions.Regex.Replace(line, "after [0-9]+ ms", "after 0 ms")));

        static string Refused(string address, int port) => string.Create(CultureInfo.InvariantCulture, $"curl: (7) Failed to connect to {address} port {port} after 0 ms: Couldn't connect to server");
    }

    private static async Task<string[]> RunAsync(string script)
    {
        using var directory = new TemporaryFolder();
        var result = await Tool.RunAsync(
            "unshare",
            ["--map-root-user", "--net", "--pid", "--fork", "--kill-child", "sh", "-c", $"cd '{directory.Path}'\n" + Prelude + script],
            environment: new Dictionary<string, string> { ["ASSEMBLY"] = Tool.CommandAssembly },
            limit: TimeSpan.FromMinutes(3));
        return result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
