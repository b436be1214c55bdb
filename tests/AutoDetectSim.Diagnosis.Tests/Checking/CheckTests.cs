using System.Net;
using AutoDetectSim.Diagnosis.Checking;
using AutoDetectSim.Diagnosis.Checking.Connecting;
using AutoDetectSim.Diagnosis.Checking.Grouping;
using AutoDetectSim.Diagnosis.Observing;

namespace AutoDetectSim.Diagnosis.Tests.Checking;

public sealed class CheckTests
{
    [Theory]
    [InlineData("missingIntermediate", "missingIntermediate")]
    [InlineData("wrongIntermediate", "wrongIntermediate")]
    [InlineData("unrelatedIntermediate", "unrelatedIntermediate")]
    [InlineData("expiredIntermediate", "expiredIntermediate")]
    [InlineData("expiredLeaf", "expiredLeaf")]
    [InlineData("notYetValidLeaf", "notYetValidLeaf")]
    [InlineData("nameMismatch", "nameMismatch")]
    [InlineData("selfSigned", "selfSigned")]
    [InlineData("untrustedRoot", "untrustedRoot")]
    [InlineData("untrustedRootIncluded", "untrustedRootIncluded")]
    [InlineData("clientAuthOnly", "clientAuthOnly")]
    public async Task The_faulty_node_is_named_with_its_fault_and_no_other_node_is(string shape, string fault)
    {
        var result = await CheckedLab.CheckNodesAsync($"[{{ name: ex01 }}, {{ name: ex02, present: {shape} }}, {{ name: ex03 }}]");
        Assert.Equal(Verdict.Intermittent, result.Verdict);
        Assert.Equal($"EX02 {fault}", result.Faults());
        Assert.Equal(3, result.Hosts[0].Nodes.Count);
    }

    [Theory]
    [InlineData("wrongOrder", "wrongOrder+containsAnchor")]
    [InlineData("containsAnchor", "containsAnchor")]
    [InlineData("extraCertificates", "extraCertificates")]
    [InlineData("duplicates", "duplicates")]
    public async Task What_puts_no_strict_client_off_is_a_remark_and_no_fault(string shape, string remark)
    {
        var result = await CheckedLab.CheckNodesAsync($"[{{ name: ex01 }}, {{ name: ex02, present: {shape} }}]");
        Assert.Equal(Verdict.Healthy, result.Verdict);
        Assert.Equal("", result.Faults());
        Assert.Equal($"EX02 {remark}", result.Remarks());
    }

    [Fact]
    public async Task Both_faults_of_one_node_are_named()
    {
        var result = await CheckedLab.CheckAsync("""
            certificates:
              mail: { issuer: issuing, hosts: [autodiscover.contoso.com, mail.contoso.com] }
              old: { issuer: issuing, hosts: [autodiscover.contoso.com, mail.contoso.com], notAfter: -1d }
            loadBalancers:
              perimeter: { nodes: [{ name: ex01, present: [mail, issuing], certificate: mail }, { name: ex02, certificate: old, present: [old] }] }
            """);
        Assert.Equal("EX02 expiredLeaf+missingIntermediate", result.Faults());
    }

    [Fact]
    public async Task A_healthy_host_is_healthy_after_as_many_connections_as_that_takes()
    {
        var result = await CheckedLab.CheckNodesAsync("3", "algorithm: random");
        Assert.Equal(Verdict.Healthy, result.Verdict);
        Assert.True(result.Hosts[0].Probes.Enough);
        Assert.True(result.Hosts[0].Attempts >= result.Hosts[0].Probes.Needed99);
        Assert.Equal(3, result.Hosts[0].Nodes.Count);
    }

    [Fact]
    public async Task Three_good_connections_are_not_enough_to_call_a_host_healthy()
    {
        var result = await CheckedLab.CheckNodesAsync("3", request: new CheckRequest { Host = CheckedLab.Host, Attempts = 3 });
        Assert.Equal(Verdict.NotEnoughProbes, result.Verdict);
        Assert.Equal((11, 15, 16), (result.Hosts[0].Probes.Needed95, result.Hosts[0].Probes.Needed99, result.Hosts[0].Probes.NeededToRuleOutOneMore));
        Assert.Contains(result.Warnings, warning => warning.Contains("may have been missed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_host_where_nothing_is_complete_is_broken()
    {
        var result = await CheckedLab.CheckNodesAsync("[{ name: ex01, present: missingIntermediate }, { name: ex02, present: missingIntermediate }]");
        Assert.Equal(Verdict.Broken, result.Verdict);
        Assert.Equal("EX01 missingIntermediate; EX02 missingIntermediate", result.Faults());
        Assert.Equal(["UNABLE_TO_VERIFY_LEAF_SIGNATURE"], result.Hosts[0].Errors.Keys);
    }

    [Fact]
    public async Task The_missing_certificate_is_told_by_subject_key_identifier_and_url()
    {
        await using var lab = await Lab.StartAsync(
            CheckedLab.Load("loadBalancers: { perimeter: { nodes: [{ name: ex01, present: missingIntermediate }] } }"),
            cancellationToken: TestContext.Current.CancellationToken);
        var result = await CheckedLab.CheckAsync(lab);
        var missing = result.Hosts[0].Chains[0].Strict.MissingIssuer!;
        Assert.Contains("Lab Issuing CA 1", missing.IssuerName, StringComparison.Ordinal);
        Assert.Matches("^[0-9A-F]{40}$", missing.AuthorityKeyIdentifier);
        Assert.Equal("http://aia.autodetectsim.test/issuing.cer", missing.CaIssuersUrl);
    }

    [Fact]
    public async Task The_case_is_followed_to_the_activesync_host_and_the_mail_exchangers()
    {
        var result = await CheckedLab.CheckAsync(
            """
            certificates:
              mail: { issuer: issuing, hosts: [autodiscover.contoso.com, mail.contoso.com] }
            organizations: { contoso: { domains: [contoso.com] } }
            loadBalancers:
              discover: { hosts: [autodiscover.contoso.com], nodes: [{ name: ex01, certificate: mail }] }
              sync: { hosts: [mail.contoso.com], nodes: [{ name: ex11, certificate: mail }, { name: ex12, certificate: mail, present: missingIntermediate }] }
            dns:
              contoso.com: { MX: ["10 contoso-com.mail.protection.outlook.com"] }
            """,
            new CheckRequest { Host = CheckedLab.Host, Email = "your@contoso.com" });
        Assert.Equal([HostRole.AutoDiscover, HostRole.ActiveSync], result.Hosts.Select(host => host.Role));
        Assert.Equal([Verdict.Healthy, Verdict.Intermittent], result.Hosts.Select(host => host.Verdict));
        Assert.Equal("mail.contoso.com", result.Hosts[1].Host);
        Assert.Equal(["EX12"], result.Hosts[1].FaultyNodes.Select(node => node.Name));
        Assert.Equal(["contoso-com.mail.protection.outlook.com"], result.Mail!.Exchangers);
        Assert.NotNull(result.Mail.Provider);
    }

    [Fact]
    public async Task A_redirect_of_exchange_online_is_followed_to_the_own_servers()
    {
        var result = await CheckedLab.CheckAsync(
            "loadBalancers: { perimeter: { nodes: [{ name: ex01, present: missingIntermediate }] } }",
            new CheckRequest { Host = "outlook.office365.com", Email = "your@contoso.com" });
        Assert.Equal(["outlook.office365.com", "autodiscover.contoso.com", "mail.contoso.com"], result.Hosts.Select(host => host.Host));
        Assert.Equal(Verdict.Healthy, result.Hosts[0].Verdict);
        Assert.Equal(Verdict.Broken, result.Verdict);
    }

    [Fact]
    public async Task One_node_without_modern_authentication_is_found_among_those_that_have_it()
    {
        var result = await CheckedLab.CheckNodesAsync(
            "[{ name: ex01 }, { name: ex02, auth: basic }, { name: ex03 }]",
            request: new CheckRequest { Host = CheckedLab.Host, Email = "your@contoso.com" });
        var sync = result.Hosts.Single(host => host.Role == HostRole.ActiveSync);
        Assert.Equal(Verdict.Intermittent, sync.Verdict);
        var node = Assert.Single(sync.FaultyNodes);
        Assert.Equal("EX02", node.Name);
        Assert.Equal([FaultNames.NoModernAuthentication], node.Faults);
    }

    [Fact]
    public async Task An_organization_that_has_basic_authentication_only_is_not_called_faulty_for_it()
    {
        var result = await CheckedLab.CheckAsync("""
            organizations: { contoso: { domains: [contoso.com], auth: basic } }
            loadBalancers: { perimeter: { nodes: 2 } }
            """, new CheckRequest { Host = CheckedLab.Host, Email = "your@contoso.com" });
        Assert.Equal(Verdict.Healthy, result.Verdict);
    }

    [Fact]
    public async Task A_balancer_that_deals_in_turn_is_recognized_and_needs_fewer_connections()
    {
        var result = await CheckedLab.CheckNodesAsync("12");
        Assert.Equal((BalancingPattern.InTurn, 12), (result.Hosts[0].Balancing.Pattern, result.Hosts[0].Balancing.Turn));
        Assert.Equal(Verdict.Healthy, result.Verdict);
        Assert.True(result.Hosts[0].Attempts < result.Hosts[0].Probes.Needed95);
    }

    [Theory]
    [InlineData("algorithm: sourceHash")]
    [InlineData("persistence: sourceAddress")]
    public async Task A_sticky_balancer_is_recognized_and_its_hidden_nodes_are_met(string balancer)
    {
        var result = await CheckedLab.CheckNodesAsync("[{ name: ex01 }, { name: ex02 }, { name: ex03, present: missingIntermediate }, { name: ex04 }]", balancer);
        Assert.Equal(BalancingPattern.BySource, result.Hosts[0].Balancing.Pattern);
        Assert.Equal("EX03 missingIntermediate", result.Faults());
        Assert.Equal(4, result.Hosts[0].Nodes.Count);
        Assert.Contains(result.Warnings, warning => warning.Contains("sticky", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("algorithm: roundRobin", "2", 1)]
    [InlineData("algorithm: roundRobin", "2", 20)]
    [InlineData("algorithm: weighted", "[{ name: ex01, weight: 21 }, { name: ex02, weight: 1 }]", null)]
    [InlineData("algorithm: weighted", "[{ name: ex01, weight: 60 }, { name: ex02, weight: 1 }]", 40)]
    [InlineData("{ algorithm: sequence, sequence: [LONG, ex02, ex02] }", "2", null)]
    public async Task A_balancer_that_gives_each_connection_its_turn_is_not_called_sticky(string balancer, string nodes, int? attempts)
    {
        var settings = balancer.Trim('{', '}', ' ').Replace("LONG", string.Join(", ", Enumerable.Repeat("ex01", 21)), StringComparison.Ordinal).Replace(", sequence:", "\n    sequence:", StringComparison.Ordinal);
        var named = nodes == "2" ? "[{ name: ex01 }, { name: ex02 }]" : nodes;

        var result = await CheckedLab.CheckNodesAsync(named, settings, new CheckRequest { Host = CheckedLab.Host, Attempts = attempts });

        Assert.NotEqual(BalancingPattern.BySource, result.Hosts[0].Balancing.Pattern);
        Assert.DoesNotContain(result.Warnings, warning => warning.Contains("is sticky", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(20)]
    public async Task A_number_of_attempts_is_the_number_of_connections(int attempts)
    {
        foreach (var nodes in (string[])["1", "2"])
        {
            var made = new List<int>();
            await using var lab = await Lab.StartAsync(CheckedLab.Load($"loadBalancers: {{ perimeter: {{ nodes: {nodes} }} }}"), cancellationToken: TestContext.Current.CancellationToken);
            var result = await new CheckRunner(LabEnvironment.Of(lab)).RunAsync(new CheckRequest { Host = CheckedLab.Host, Attempts = attempts }, new Recorder(made), TestContext.Current.CancellationToken);

            Assert.Equal((attempts, attempts), (result.Hosts[0].Attempts, made.Max()));
        }
    }

    [Fact]
    public async Task A_sticky_balancer_is_recognized_within_a_fixed_number_of_connections()
    {
        var result = await CheckedLab.CheckNodesAsync("[{ name: ex01 }, { name: ex02 }]", "algorithm: sourceHash", new CheckRequest { Host = CheckedLab.Host, Attempts = 60 });

        Assert.Equal(BalancingPattern.BySource, result.Hosts[0].Balancing.Pattern);
    }

    private sealed class Recorder(List<int> made) : IProgress<int>
    {
        public void Report(int value) => made.Add(value);
    }

    [Fact]
    public async Task A_single_server_is_not_taken_for_a_sticky_balancer()
    {
        var result = await CheckedLab.CheckNodesAsync("1");
        Assert.Equal(BalancingPattern.OneNode, result.Hosts[0].Balancing.Pattern);
        Assert.Equal(Verdict.Healthy, result.Verdict);
    }

    [Fact]
    public async Task A_firewall_that_lets_one_source_in_is_passed_from_that_source()
    {
        var open = new CheckRequest { Host = CheckedLab.Host, Sources = [IPAddress.Parse("52.125.128.7")] };
        const string Scenario = "loadBalancers: { perimeter: { allowFrom: [autodetect], nodes: 2 } }";
        Assert.Equal(Verdict.Healthy, (await CheckedLab.CheckAsync(Scenario, open)).Verdict);
        await using var lab = await Lab.StartAsync(CheckedLab.Load(Scenario), cancellationToken: TestContext.Current.CancellationToken);
        var impatient = LabEnvironment.Of(lab) with { Timeout = TimeSpan.FromSeconds(1) };
        var closed = await new CheckRunner(impatient).RunAsync(
            new CheckRequest { Host = CheckedLab.Host, Sources = [IPAddress.Parse("198.51.100.1")] }, progress: null, TestContext.Current.CancellationToken);
        Assert.True(closed.IsUnreachable);
        Assert.Equal(2, closed.Hosts[0].Attempts);
        Assert.Equal(["ETIMEDOUT"], closed.Hosts[0].Errors.Keys);
    }

    [Fact]
    public async Task A_host_that_was_taken_out_of_dns_is_told_from_one_that_refuses_connections()
    {
        var gone = await CheckedLab.CheckAsync($"loadBalancers: {{ perimeter: {{ nodes: 2 }} }}\ndns: {{ {CheckedLab.Host}: NXDOMAIN }}");
        Assert.True(gone.IsUnreachable);
        Assert.Equal(["ENOTFOUND"], gone.Hosts[0].Errors.Keys);
    }

    [Fact]
    public async Task A_node_that_resets_connections_counts_as_failed_although_its_name_is_not_known()
    {
        var result = await CheckedLab.CheckNodesAsync("[{ name: ex01 }, { name: ex02, fault: reset }]", request: new CheckRequest { Host = CheckedLab.Host, Attempts = 20 });
        Assert.Equal((10, 20), (result.Hosts[0].Successes, result.Hosts[0].Attempts));
        Assert.Equal("ECONNRESET", Assert.Single(result.Hosts[0].Errors).Key);
        Assert.Contains(result.Warnings, warning => warning.Contains("10 of 20", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("tlsVersions: [\"1.0\", \"1.1\"]", "EPROTO", "protocolVersion")]
    [InlineData("clientCertificate: true", "ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED", "clientCertificate")]
    [InlineData("clientCertificate: true, tlsVersions: [\"1.2\"]", "EPROTO", "clientCertificate")]
    [InlineData("fault: resetAnswer", "ECONNRESET", "noAnswer")]
    public async Task What_stops_a_client_after_the_certificates_is_told_too(string node, string code, string fault)
    {
        var result = await CheckedLab.CheckNodesAsync($"[{{ name: ex01 }}, {{ name: ex02, {node} }}]", request: new CheckRequest { Host = CheckedLab.Host, Email = "your@contoso.com", Attempts = 20 });
        var host = result.Hosts[0];
        Assert.Equal((Verdict.Intermittent, code), (host.Verdict, Assert.Single(host.Errors).Key));
        Assert.Equal([fault], Assert.Single(host.FaultyNodes).Faults);
    }

    [Theory]
    [InlineData("tls: terminate, preAuthentication: form", "preAuthentication")]
    [InlineData("tls: terminate, preAuthentication: redirect", "preAuthentication")]
    [InlineData("tls: terminate, preAuthentication: basic", "preAuthentication")]
    public async Task A_device_that_wants_a_logon_is_a_fault_although_every_connection_meets_it(string balancer, string fault)
    {
        foreach (var email in (string?[])["your@contoso.com", null])
        {
            var result = await CheckedLab.CheckNodesAsync("2", balancer.Replace(", ", "\n    ", StringComparison.Ordinal), new CheckRequest { Host = CheckedLab.Host, Email = email, Attempts = 20 });
            Assert.Equal(Verdict.Broken, result.Verdict);
            Assert.Equal([fault], result.Hosts[0].FaultyNodes.SelectMany(node => node.Faults).Distinct());
        }
    }

    [Theory]
    [InlineData("loadBalancers: { perimeter: { tls: terminate, challenges: removed, nodes: 2 } }", "challengesRemoved")]
    [InlineData("loadBalancers: { perimeter: { tls: terminate, backEnd: http, nodes: 2 } }", "tlsOffload")]
    [InlineData("{ organizations: { contoso: { domains: [contoso.com], auth: noAuthorizationUri } }, loadBalancers: { perimeter: { nodes: 2 } } }", "missingAuthorizationUri")]
    [InlineData("{ organizations: { contoso: { domains: [contoso.com], auth: modernOff } }, loadBalancers: { perimeter: { nodes: 2 } } }", "missingAuthorizationUri")]
    [InlineData("loadBalancers: { perimeter: { nodes: [{ name: ex01, offline: [activeSync] }, { name: ex02, offline: [activeSync] }] } }", "noActiveSync")]
    public async Task What_activesync_answers_alike_on_all_nodes_is_a_fault_where_it_can_only_be_wrong(string yaml, string fault)
    {
        var result = await CheckedLab.CheckAsync(yaml, new CheckRequest { Host = CheckedLab.Host, Email = "your@contoso.com", Attempts = 20 });
        var sync = result.Hosts.Single(host => host.Role == HostRole.ActiveSync);
        Assert.Equal((Verdict.Broken, fault), (sync.Verdict, Assert.Single(sync.Errors).Key));
        Assert.All(sync.Nodes, node => Assert.Equal([fault], node.Faults));
    }

    [Fact]
    public async Task A_node_whose_activesync_is_offline_is_told_from_one_without_modern_authentication()
    {
        var result = await CheckedLab.CheckNodesAsync(
            "[{ name: ex01 }, { name: ex02, offline: [activeSync] }, { name: ex03, auth: basic }]",
            request: new CheckRequest { Host = CheckedLab.Host, Email = "your@contoso.com" });
        var sync = result.Hosts.Single(host => host.Role == HostRole.ActiveSync);

        // IIS answers for the virtual directory, and its page does not name the server.
        Assert.Equal(["noActiveSync", "noModernAuthentication"], sync.FaultyNodes.Select(node => Assert.Single(node.Faults)).Order(StringComparer.Ordinal));
        Assert.Equal("EX03", Assert.Single(sync.FaultyNodes, node => node.Faults[0] == "noModernAuthentication").Name);
    }

    [Fact]
    public async Task Challenges_in_one_line_are_a_remark()
    {
        var result = await CheckedLab.CheckAsync(
            "loadBalancers: { perimeter: { tls: terminate, challenges: merged, nodes: 1 } }", new CheckRequest { Host = CheckedLab.Host, Email = "your@contoso.com" });
        Assert.Equal(Verdict.Healthy, result.Verdict);
        Assert.Equal(["challengesMerged"], Assert.Single(result.Hosts.Single(host => host.Role == HostRole.ActiveSync).Nodes).Remarks);
    }

    [Fact]
    public async Task Redirects_in_a_circle_are_a_fault_of_the_host_that_closes_it()
    {
        const string World = """
            organizations: { contoso: { domains: [contoso.com], mailboxSettings: { your@contoso.com: { location: cloud, cloudView: onPremises } } } }
            loadBalancers: { perimeter: { nodes: 1 } }
            """;
        var result = await CheckedLab.CheckAsync(World, new CheckRequest { Host = CheckedLab.Host, Email = "your@contoso.com", Attempts = 20 });
        Assert.Equal([CheckedLab.Host, "outlook.office365.com"], result.Hosts.Select(host => host.Host));
        Assert.Empty(result.Hosts[0].Errors);
        Assert.Equal("redirectLoop", Assert.Single(result.Hosts[1].Errors).Key);
        Assert.Equal(Verdict.Broken, result.Verdict);
    }

    [Fact]
    public async Task An_answer_that_nodes_parser_refuses_is_a_fault_that_has_its_code()
    {
        var result = await CheckedLab.CheckNodesAsync(
            "[{ name: ex01 }, { name: ex02, fault: duplicateLength }]", request: new CheckRequest { Host = CheckedLab.Host, Email = "your@contoso.com", Attempts = 20 });
        Assert.Equal("HPE_UNEXPECTED_CONTENT_LENGTH", Assert.Single(result.Hosts[0].Errors).Key);
        Assert.Equal(["malformedAnswer"], Assert.Single(result.Hosts[0].FaultyNodes).Faults);
    }

    [Fact]
    public async Task A_missing_intermediate_below_a_root_that_is_not_trusted_is_both()
    {
        var result = await CheckedLab.CheckAsync("""
            authorities:
              root: { subject: "CN=Private Root" }
              issuing: { subject: "CN=Private Issuing", issuer: root, aia: true }
            loadBalancers: { perimeter: { nodes: [{ name: ex01, present: missingIntermediate }] } }
            """);
        Assert.Equal("EX01 untrustedRoot+missingIntermediate", result.Faults());
    }

    [Fact]
    public async Task A_name_that_does_not_exist_is_unreachable()
    {
        var result = await CheckedLab.CheckAsync("loadBalancers: { perimeter: { nodes: 1 } }", new CheckRequest { Host = "autodiscover.fabrikam.com" });
        Assert.True(result.IsUnreachable);
    }

    [Fact]
    public async Task A_balancer_that_ends_tls_itself_is_told_from_outside_by_its_one_chain()
    {
        var result = await CheckedLab.CheckAsync("""
            certificates: { mail: { issuer: issuing, hosts: [autodiscover.contoso.com, mail.contoso.com] } }
            loadBalancers:
              perimeter:
                tls: terminate
                certificate: mail
                present: missingIntermediate
                nodes: [{ name: ex01 }, { name: ex02 }]
            """);
        Assert.Equal(Verdict.Broken, result.Verdict);
        Assert.Single(result.Hosts[0].Chains);
        Assert.Equal("EX01 missingIntermediate; EX02 missingIntermediate", result.Faults());
    }
}
