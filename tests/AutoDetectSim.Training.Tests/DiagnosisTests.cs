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
        Assert.Empty(DiagnosisGrader.Problems(Right, Case.Healthy));
    }

    [Theory]
    [MemberData(nameof(Certificates))]
    public void A_certificate_may_be_named_as_programs_print_it(string name, bool isRight)
    {
        Assert.Empty(DiagnosisGrader.Problems(Right with { Certificate = name }, Case.Healthy));
        Assert.Equal(isRight ? 1 : 0, DiagnosisGrader.Fit(Right with { Certificate = name }, Fault, Case.Healthy).Aspects[Aspect.Certificate]);
    }

    [Fact]
    public void Nodes_count_by_how_many_are_right_and_how_many_are_wrong()
    {
        var healthy = Case.Healthy.LoadBalancers[0].Nodes.Select(node => node.Name).Except(Fault.Nodes, StringComparer.Ordinal).Single();
        Assert.Equal(0.95, Nodes("perimeter"), 6);
        Assert.Equal(0.95, Nodes("ex*"), 6);
        Assert.Equal(1 / 20.0, Nodes($"{healthy},{Fault.Nodes[0]}"), 6);
        Assert.Equal(0, Nodes(healthy));
        Assert.Equal(0, Nodes(null));

        static double Nodes(string? nodes) => DiagnosisGrader.Fit(Right with { Nodes = nodes }, Fault, Case.Healthy).Aspects[Aspect.Nodes];
    }

    [Fact]
    public void Every_unknown_name_in_a_diagnosis_is_rejected_with_the_nearest_one()
    {
        var problems = DiagnosisGrader.Problems(new TraineeDiagnosis { Nodes = "ex01,ex21,ex{19..22}", Fault = "missingIntermediat", Certificate = "nobody" }, Case.Healthy);
        Assert.Equal(
            [
                "--nodes: unknown node 'ex21'; learn status shows all nodes.",
                "--nodes: unknown node 'ex21'; learn status shows all nodes.",
                "--nodes: unknown node 'ex22'; learn status shows all nodes.",
                "--fault: unknown fault 'missingIntermediat'; did you mean 'missingIntermediate'?",
                "--certificate: unknown certificate 'nobody': give the common name or the whole subject.",
            ],
            problems);
        Assert.Single(DiagnosisGrader.Problems(new TraineeDiagnosis(), Case.Healthy));
    }

    [Fact]
    public void Several_faults_are_matched_so_that_no_diagnosis_counts_twice()
    {
        var firewall = new TraineeDiagnosis { Fault = "firewallForgetsAutoDetect", Layer = FaultLayer.Network };
        Assert.Equal([1, 0], DiagnosisGrader.Match([firewall, Right], [Fault, Firewall], Case.Healthy));
        Assert.Equal([0, -1], DiagnosisGrader.Match([Right], [Fault, Firewall], Case.Healthy));
        Assert.Equal([-1, -1], DiagnosisGrader.Match([], [Fault, Firewall], Case.Healthy));

        // A second diagnosis of what has been named is held against the fault that is left.
        Assert.False(DiagnosisGrader.BestFit(new TraineeDiagnosis { Fault = "expiredLeaf" }, [Right], [Fault, Firewall], Case.Healthy).Aspects.ContainsKey(Aspect.Nodes));
    }

    [Fact]
    public void The_words_say_which_part_is_right_and_never_what_would_be()
    {
        var said = new TraineeDiagnosis { Host = "mail.contoso.com", Nodes = "ex{01..03}", Fault = "expiredLeaf" };
        var result = SessionText.Of(said, DiagnosisGrader.Fit(said, Fault, Case.Healthy), faultsLeft: null);
        Assert.Equal(
            new Dictionary<string, string> { ["host"] = "right", ["nodes"] = "partly", ["fault"] = "wrong", ["layer"] = "notSaid", ["certificate"] = "notSaid" },
            result.Aspects);
        Assert.Null(result.NodesAll);
        Assert.DoesNotContain(result.Sentences, sentence => sentence.Contains("19", StringComparison.Ordinal) || sentence.Contains("missing", StringComparison.OrdinalIgnoreCase) && !sentence.Contains("some missing", StringComparison.Ordinal));
    }
}
