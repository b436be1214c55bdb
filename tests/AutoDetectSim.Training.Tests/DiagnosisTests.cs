using AutoDetectSim.Diagnosis.Checking.Grouping;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Training.Cases;
using AutoDetectSim.Training.Library;
using AutoDetectSim.Training.Progress;
using AutoDetectSim.Training.Sessions;

namespace AutoDetectSim.Training.Tests;

public sealed class DiagnosisTests
{
    private static readonly TrainingCase Case = LessonCase.Draw(LessonLibrary.Load("one-in-twenty").Lesson!, 5);
    private static readonly CaseFault Fault = Case.Faults[0];
    private static readonly CaseFault Firewall = new() { Kinds = ["firewallForgetsAutoDetect"], Layers = [FaultLayer.Network] };

    private static readonly TraineeDiagnosis Right = new()
    {
        Host = "mail.contoso.com.",
        Nodes = string.Join(',', Fault.Nodes),
        Fault = "MissingIntermediate",
        Layer = FaultLayer.Certificate,
        Certificate = "CN=Contoso Lab Issuing CA 1, O=AutoDetectSim",
    };

    /// <summary>How the certificate is named, and whether that is right.</summary>
    public static TheoryData<string, bool> Certificates => new()
    {
        { "issuing", true },
        { "Contoso Lab Issuing CA 1", true },
        { "O = AutoDetectSim, CN = Contoso Lab Issuing CA 1", true },
        { "contoso lab issuing ca 1", true },
        { "CN=Contoso Lab Issuing CA 1", true },
        { "\"Contoso Lab Issuing CA 1\"", true },
        { "Contoso Lab Root CA", false },
    };

    [Fact]
    public void All_of_it_right_is_right()
    {
        var fit = DiagnosisGrader.Fit(Right, Fault, Case.Healthy);
        Assert.Equal((true, 1.0, 19, 0, 19), (fit.IsRight, fit.Quality, fit.NodesRight, fit.NodesWrong, fit.NodesAll));
        Assert.Empty(Problems(Right));
    }

    [Theory]
    [MemberData(nameof(Certificates))]
    public void A_certificate_may_be_named_as_programs_print_it(string name, bool isRight)
    {
        Assert.Empty(Problems(Right with { Certificate = name }));
        Assert.Equal(isRight ? 1 : 0, DiagnosisGrader.Fit(Right with { Certificate = name }, Fault, Case.Healthy).Aspects[Aspect.Certificate]);
    }

    [Fact]
    public void Nodes_count_by_how_many_are_right_and_how_many_are_wrong()
    {
        var healthy = Case.Healthy.LoadBalancers[0].Nodes.Select(node => node.Name).Except(Fault.Nodes, StringComparer.Ordinal).Single();
        Assert.Equal(0.95, Nodes("perimeter"), 6);
        Assert.Equal(0.95, Nodes("ex*"), 6);
        Assert.Equal(0.95, Nodes("EX01 to EX19, EX20"), 6);
        Assert.Equal(1 / 20.0, Nodes($"{healthy},{Fault.Nodes[0]}"), 6);
        Assert.Equal(0, Nodes(healthy));
        Assert.Equal(0, Nodes(null));

        static double Nodes(string? nodes) => DiagnosisGrader.Fit(Right with { Nodes = nodes }, Fault, Case.Healthy).Aspects[Aspect.Nodes];
    }

    [Fact]
    public void Every_unknown_name_in_a_diagnosis_is_rejected_with_the_nearest_one()
    {
        var problems = Problems(new TraineeDiagnosis { Host = "mail.contoso.org", Nodes = "ex01,ex21,ex{19..22}", Fault = "missingIntermediat", Certificate = "nobody" });
        Assert.Equal(
            [
                "--host: there is no host 'mail.contoso.org' here; learn status shows the customer's hosts.",
                "--nodes: unknown node 'ex21'; learn status shows all nodes.",
                "--nodes: unknown node 'ex21'; learn status shows all nodes.",
                "--nodes: unknown node 'ex22'; learn status shows all nodes.",
                "--fault: unknown fault 'missingIntermediat'; did you mean 'missingIntermediate'?",
                "--certificate: unknown certificate 'nobody': give the common name or the whole subject.",
            ],
            problems);
        Assert.Single(Problems(new TraineeDiagnosis()));
    }

    [Fact]
    public void Several_faults_are_told_apart_by_what_a_diagnosis_gives()
    {
        var firewall = new TraineeDiagnosis { Fault = "firewallForgetsAutoDetect", Layer = FaultLayer.Network };
        Assert.Equal([true, true], Done(firewall, Right));
        Assert.Equal([true, false], Done(Right));
        Assert.Equal([false, true], Done(new TraineeDiagnosis { Layer = FaultLayer.Network }, new TraineeDiagnosis { Fault = "firewallForgetsAutoDetect" }));
        Assert.Equal([false, false], Done());

        // A second diagnosis of what has been diagnosed is held against the fault that is left.
        Assert.Same(Firewall, DiagnosisGrader.BestFault(new TraineeDiagnosis { Fault = "expiredLeaf" }, [Right], [Fault, Firewall], Case.Healthy));

        static IEnumerable<bool> Done(params TraineeDiagnosis[] said) =>
            DiagnosisGrader.Known(said, [Fault, Firewall], Case.Healthy).Select(fault => fault.Values.All(share => share == 1));
    }

    [Fact]
    public void What_a_diagnosis_leaves_out_costs_nothing_and_is_added_up()
    {
        TraineeDiagnosis[] said =
        [
            new() { Host = Right.Host },
            new() { Layer = Right.Layer, Nodes = Fault.Nodes[3] },
            new() { Nodes = Right.Nodes, Fault = Right.Fault },
            new() { Certificate = Right.Certificate },
        ];
        Assert.All(DiagnosisGrader.Known(said, [Fault], Case.Healthy)[0].Values, share => Assert.Equal(1, share));
        Assert.Equal(0, DiagnosisGrader.Wrong(said, [Fault], Case.Healthy));
        Assert.Equal(1, DiagnosisGrader.Wrong([.. said, new() { Layer = FaultLayer.Dns }], [Fault], Case.Healthy));
        Assert.Equal(1, DiagnosisGrader.Wrong([.. said, new() { Nodes = "perimeter" }], [Fault], Case.Healthy));

        var last = SessionText.Of(DiagnosisGrader.Fit(said[3], Fault, Case.Healthy), DiagnosisGrader.Known(said, [Fault], Case.Healthy)[0], faultsLeft: 0);
        Assert.True(last.IsRight);
        Assert.Contains("nodes: correct, as given earlier", last.Sentences);
        Assert.Equal("The diagnosis is correct.", last.Sentences[^1]);
    }

    [Fact]
    public void A_field_that_is_not_asked_says_so_and_is_never_wrong()
    {
        var said = new TraineeDiagnosis { Host = "mail.contoso.com", Nodes = "ex01", Fault = "firewallForgetsAutoDetect" };
        var fit = DiagnosisGrader.Fit(said, Firewall, Case.Healthy);
        var result = SessionText.Of(fit, DiagnosisGrader.Known([said], [Firewall], Case.Healthy)[0], faultsLeft: 1);
        Assert.False(fit.IsWrong);
        Assert.Equal(["host: not asked", "nodes: not asked", "fault: correct", "layer: not given", "certificate: not asked"], result.Sentences.Take(5));
        Assert.Equal("notAsked", result.Aspects["host"]);
    }

    [Theory]
    [InlineData("", null, "--host is empty: leave it out if you do not know it yet.")]
    [InlineData(null, " ", "--fault is empty: leave it out if you do not know it yet.")]
    [InlineData("autodiscover.contoso.con", null, "--host: there is no host 'autodiscover.contoso.con' here; learn status shows the customer's hosts.")]
    public void A_diagnosis_that_cannot_be_is_refused_and_not_graded(string? host, string? fault, string message) =>
        Assert.Equal([message], Problems(new TraineeDiagnosis { Host = host, Fault = fault }));

    [Fact]
    public void The_words_say_which_part_is_right_and_never_what_would_be()
    {
        var said = new TraineeDiagnosis { Host = "mail.contoso.com", Nodes = "ex{01..03}", Fault = "expiredLeaf" };
        var result = SessionText.Of(DiagnosisGrader.Fit(said, Fault, Case.Healthy), DiagnosisGrader.Known([said], [Fault], Case.Healthy)[0], faultsLeft: 1);
        Assert.Equal(
            new Dictionary<string, string> { ["host"] = "right", ["nodes"] = "partly", ["fault"] = "wrong", ["layer"] = "notSaid", ["certificate"] = "notSaid" },
            result.Aspects);
        Assert.Null(result.NodesAll);
        Assert.DoesNotContain(result.Sentences, sentence => sentence.Contains("19", StringComparison.Ordinal) || (sentence.Contains("missing", StringComparison.OrdinalIgnoreCase) && !sentence.Contains("some missing", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("an intermediate certificate is missing", "missingIntermediate")]
    [InlineData("An intermediate certificate is missing.", "missingIntermediate")]
    [InlineData("noModernAuthentication", "oauthMissing")]
    [InlineData("ActiveSync does not offer modern authentication", "oauthMissing")]
    [InlineData("missingintermediate", "missingIntermediate")]
    [InlineData("no such words", "no such words")]
    public void A_fault_may_be_typed_as_check_prints_it(string said, string word) =>
        Assert.Equal(word, DiagnosisGrader.InOwnWords(new TraineeDiagnosis { Fault = said }).Fault);

    [Fact]
    public void Every_fault_that_check_reports_can_be_typed_into_a_diagnosis()
    {
        var names = typeof(FaultNames).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!).ToList();
        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.NotEmpty(CheckVocabulary.FaultsOf(name)));
        Assert.All(names, name => Assert.Equal(CheckVocabulary.FaultsOf(name), CheckVocabulary.FaultsOf(FaultNames.Words(name))));
        Assert.All(names.SelectMany(CheckVocabulary.FaultsOf), word => Assert.True(FaultCatalogue.Contains(word), word));
    }

    [Fact]
    public void What_several_faults_look_like_from_outside_is_refused_with_all_of_them_and_not_graded()
    {
        var problem = Assert.Single(Problems(DiagnosisGrader.InOwnWords(new TraineeDiagnosis { Fault = "the TLS handshake fails" })));
        Assert.Equal("--fault: 'the TLS handshake fails' is what can be seen from outside. Several faults look like this; find out which it is: alert, reset, refused, silent, truncatedHandshake, plainHttp.", problem);
    }

    private static IReadOnlyList<string> Problems(TraineeDiagnosis diagnosis) => DiagnosisGrader.Problems(diagnosis, Case.Healthy, PartNames.Hosts(Case.Healthy).Contains);
}
