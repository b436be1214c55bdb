using AutoDetectSim.Cli.Export;
using AutoDetectSim.Issuing;
using AutoDetectSim.Roles;
using AutoDetectSim.Scenarios;
using k8s.Models;

namespace AutoDetectSim.Cli.Tests.Export;

/// <summary>The manifests of exports, read as Kubernetes reads them.</summary>
public sealed class ManifestTests
{
    public static TheoryData<string> Scenarios => ["one-in-twenty", "healthy", "one-of-two", "basic-auth-onprem", "balancer-terminates-without-intermediate", "weighted-towards-the-broken-node", "smtp-server-without-intermediate", "firewall-rejects", "source-hash-hides-the-fault"];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Kubernetes_reads_every_manifest_and_no_member_is_unknown_to_it(string scenario)
    {
        var objects = Exported.Kubernetes(scenario).Objects();
        Assert.Contains(objects, one => one is V1NetworkPolicy);
        Assert.Contains(objects, one => one is V1Job);
        Assert.Equal(5, objects.Count(one => one is Kustomization));
        Assert.Contains(Exported.Compose(scenario).Objects(), one => one is V1Pod);
    }

    [Fact]
    public void A_member_that_Kubernetes_does_not_know_is_found() =>
        Assert.ThrowsAny<Exception>(() => ((IReadOnlyList<ExportFile>)[ExportFile.Text("wrong.yaml", "apiVersion: v1\nkind: Service\nmetadata: { name: a }\nspec: { selectors: { a: b } }\n")]).Objects());

    [Fact]
    public void Each_node_has_a_Deployment_and_a_Service_and_names_its_role()
    {
        var objects = Exported.Kubernetes("one-in-twenty").Objects();
        var nodes = objects.OfType<V1Deployment>().Where(one => one.Metadata.Labels["app.kubernetes.io/component"] == "node").ToList();
        Assert.Equal(20, nodes.Count);
        Assert.Equal(["run", "/lab/scenario.yaml", "--role", "node:perimeter/ex07", "--parts", "/lab/parts.yaml", "--pki", "/pki", "--listen", "0.0.0.0", "--health-port", "8081"],
            nodes.Single(one => one.Metadata.Name == "perimeter-ex07").Spec.Template.Spec.Containers[0].Args);
        Assert.All(nodes, node => Assert.Contains(objects, one => one is V1Service service && service.Metadata.Name == node.Metadata.Name));
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Every_exported_process_finds_in_its_parts_file_what_it_connects_to(string name)
    {
        var scenario = ExportedParts.Of(Exported.Load(name)).Scenario;
        var (kubernetes, compose) = (Exported.Kubernetes(name), Exported.Compose(name));
        string[] texts =
        [
            kubernetes.TextOf("base/lab/parts.yaml"), kubernetes.TextOf("overlays/balancer/parts.yaml"), compose.TextOf("lab/parts.yaml"), compose.TextOf("lab/parts-without-proxy-protocol.yaml"),
        ];
        foreach (var text in texts)
        {
            var file = PartsFile.Parse(text, "parts.yaml");
            Assert.Empty(file.Problems);
            var document = file.Document!;
            Assert.All(document.Parts, part =>
            {
                Assert.True(PartRole.TryParse(part.Role, out var role));
                Assert.Equal([role], LabParts.Create(scenario, [role], document, "parts.yaml", System.Net.IPAddress.Any).Roles);
            });
        }
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void The_exported_scenario_is_one_that_the_exported_PKI_belongs_to(string name)
    {
        var read = ScenarioLoader.Parse(Exported.Kubernetes(name).TextOf("base/lab/scenario.yaml"), "scenario.yaml", baseDirectory: null);
        Assert.Empty(read.Problems);
        Assert.Equal(LabPkiContent.PrintOf(ExportedParts.Of(Exported.Load(name)).Scenario), LabPkiContent.PrintOf(ExportedParts.Of(read.Scenario!).Scenario));
    }

    [Fact]
    public void Pods_of_AutoDetect_are_named_as_the_real_ones()
    {
        var deployment = Exported.Kubernetes("healthy").Objects().OfType<V1Deployment>().Single(one => one.Metadata.Labels["app.kubernetes.io/component"] == "autodetect");
        Assert.Equal("autodetect-deployment", deployment.Metadata.Name);
        var container = deployment.Spec.Template.Spec.Containers[0];
        Assert.Equal(["--instance", "$(POD_NAME)"], container.Args.TakeLast(2));
        Assert.Equal("metadata.name", Assert.Single(container.Env).ValueFrom.FieldRef.FieldPath);
    }

    [Fact]
    public void The_Service_of_kube_proxy_has_the_nodes_that_are_up_and_no_other_pods()
    {
        var scenario = Exported.Load("one-of-two");
        var balancer = scenario.LoadBalancers[0];
        scenario = scenario with { LoadBalancers = [balancer with { Nodes = [balancer.Nodes[0] with { Up = false }, balancer.Nodes[1]] }] };
        var objects = Exported.Kubernetes(scenario).Where(file => file.Path.StartsWith("base/", StringComparison.Ordinal) || file.Path.StartsWith("overlays/service/", StringComparison.Ordinal)).ToList().Objects();
        var service = objects.OfType<V1Service>().Single(one => one.Metadata.Name == DnsLabels.LabelOf(balancer.Name));
        var chosen = objects.OfType<V1Deployment>().Where(one => service.Spec.Selector.All(label => one.Spec.Template.Metadata.Labels.Contains(label))).ToList();
        Assert.EndsWith(balancer.Nodes[1].Name, Assert.Single(chosen).Metadata.Name, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("one-in-twenty", "tls: terminate", false)]
    [InlineData("balancer-terminates-without-intermediate", "tls: terminate", true)]
    public void A_balancer_that_ends_TLS_stays_AutoDetectSims_in_every_overlay(string scenario, string reason, bool stays)
    {
        var files = Exported.Kubernetes(scenario);
        Assert.Equal(stays, files.Any(file => file.Path.StartsWith("base/balancer-", StringComparison.Ordinal)));
        Assert.Equal(stays, files.TextOf("README.md").Contains(reason, StringComparison.Ordinal));
        Assert.Equal(!stays, files.Any(file => file.Path.StartsWith("overlays/nginx/nginx-", StringComparison.Ordinal)));
    }

    [Fact]
    public void No_pod_runs_as_root_writes_to_its_file_system_or_keeps_rights()
    {
        var objects = Exported.Kubernetes("one-in-twenty").Objects().Concat(Exported.Class("one-in-twenty", 3).Objects()).Concat(Exported.Compose("one-in-twenty").Objects()).ToList();
        V1PodSpec[] pods = [.. objects.OfType<V1Deployment>().Select(one => one.Spec.Template.Spec), .. objects.OfType<V1Job>().Select(one => one.Spec.Template.Spec), .. objects.OfType<V1Pod>().Select(one => one.Spec)];
        Assert.NotEmpty(pods);
        Assert.All(pods, pod =>
        {
            Assert.True(pod.SecurityContext.RunAsNonRoot);
            Assert.NotEqual(0, pod.SecurityContext.RunAsUser);
            Assert.False(pod.AutomountServiceAccountToken);
            Assert.Equal("RuntimeDefault", pod.SecurityContext.SeccompProfile.Type);
            Assert.All(pod.Containers, container =>
            {
                Assert.True(container.SecurityContext.ReadOnlyRootFilesystem);
                Assert.False(container.SecurityContext.AllowPrivilegeEscalation);
                Assert.Equal("ALL", Assert.Single(container.SecurityContext.Capabilities.Drop));
                Assert.NotNull(container.Resources.Requests["memory"]);
                Assert.NotNull(container.Resources.Limits["memory"]);
            });
        });
    }

    [Fact]
    public void Nothing_may_leave_a_namespace_but_questions_to_its_DNS()
    {
        var policy = Assert.Single(Exported.Kubernetes("healthy").Objects().OfType<V1NetworkPolicy>());
        Assert.Equal(["Ingress", "Egress"], policy.Spec.PolicyTypes);
        Assert.Equal(["53", "53"], policy.Spec.Egress.SelectMany(rule => rule.Ports ?? []).Select(port => port.Port.Value));
        Assert.All(policy.Spec.Egress, rule => Assert.All(rule.To, peer => Assert.Null(peer.IpBlock)));
        Assert.All(Exported.Class("healthy", 2).Objects().OfType<V1NetworkPolicy>(), one => Assert.Equal(2, one.Spec.Egress.Count));
    }

    [Fact]
    public void Every_file_that_a_kustomization_names_is_there()
    {
        foreach (var files in new[] { Exported.Kubernetes("one-in-twenty"), Exported.Class("one-in-twenty", 12) })
        {
            var paths = files.Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
            foreach (var file in files.Where(file => Path.GetFileName(file.Path) == "kustomization.yaml"))
            {
                var kustomization = Assert.IsType<Kustomization>(Assert.Single(((IReadOnlyList<ExportFile>)[file]).Objects()));
                var folder = Path.GetDirectoryName(file.Path)!;
                foreach (var name in kustomization.Resources.Concat(kustomization.ConfigMapGenerator.Concat(kustomization.SecretGenerator).SelectMany(generator => generator.Files)))
                {
                    var path = Path.GetRelativePath("/", Path.GetFullPath(Path.Combine("/", folder, name)));
                    Assert.True(paths.Contains(path) || paths.Contains(path + "/kustomization.yaml"), $"{file.Path} names {name}.");
                }
            }
        }
    }

    [Fact]
    public void Names_are_labels_of_DNS_and_each_is_given_once()
    {
        var names = new DnsLabels("gateway");
        Assert.Equal("gateway-2", names.For("Gateway"));
        Assert.Equal("ex-01-contoso", names.For("EX_01.contoso"));
        Assert.Equal("ex-01-contoso-2", names.For("ex-01-contoso"));
        Assert.Equal("part-10", names.For("10"));
        Assert.Equal("part", names.For("ä"));
        var longest = names.For(new string('a', 300));
        Assert.InRange(longest.Length, 1, 50);
        Assert.NotEqual(longest, names.For(new string('a', 299)));
    }

    [Fact]
    public void More_nodes_than_an_export_can_have_are_refused_with_the_way_out()
    {
        var scenario = Exported.Load("healthy");
        var balancer = scenario.LoadBalancers[0];
        scenario = scenario with { LoadBalancers = [balancer with { Nodes = [.. Enumerable.Range(1, ExportedParts.MostNodes + 1).Select(number => balancer.Nodes[0] with { Name = $"ex{number}" })] }] };
        var problem = Assert.Throws<Cli.Output.InputException>(() => ExportedParts.Of(scenario));
        Assert.Contains("501 nodes", problem.Message, StringComparison.Ordinal);
        Assert.Contains("autodetectsim run", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_has_a_namespace_a_volume_and_two_tokens_for_each_trainee()
    {
        var files = Exported.Class("one-in-twenty", 30, "lab.example");
        var objects = files.Objects();
        Assert.Equal(31, objects.OfType<V1Namespace>().Count());
        Assert.Equal(31, objects.OfType<V1PersistentVolume>().Select(volume => volume.Spec.HostPath.Path).Distinct(StringComparer.Ordinal).Count());
        var ports = objects.OfType<V1Service>().SelectMany(service => service.Spec.Ports).Select(port => port.NodePort).ToList();
        Assert.Equal(61, ports.Distinct().Count());
        Assert.All(ports, port => Assert.InRange(port!.Value, 30000, 32767));

        var tokens = files.Where(file => file.Path.Contains("/access/", StringComparison.Ordinal)).ToList();
        Assert.Equal(61, tokens.Select(file => System.Text.Encoding.UTF8.GetString(file.Content)).Distinct(StringComparer.Ordinal).Count());
        Assert.All(tokens, file => Assert.True(file.IsSecret));
        var links = files.TextOf("links.txt");
        Assert.Contains($"trainee-07  http://lab.example:31007/enter?token={files.TextOf("trainees/trainee-07/access/console")}  http://trainee-07:{files.TextOf("trainees/trainee-07/access/gateway")}@lab.example:31407", links, StringComparison.Ordinal);
    }
}
