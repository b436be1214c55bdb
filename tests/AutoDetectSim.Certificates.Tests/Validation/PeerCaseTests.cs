using AutoDetectSim.Certificates.Validation;

namespace AutoDetectSim.Certificates.Tests.Validation;

/// <summary>Cases from certificates of other projects' test suites, which are third-party data and no part of this repository; where they lie beside it, they are run.</summary>
public sealed class PeerCaseTests
{
    // Explicit elliptic curves over a composite prime, or whose order is not that of the generator: docs/fidelity.md names them.
    private static readonly string[] Named = ["peer-05044", "peer-05060", "peer-05086", "peer-05106"];

    [Fact]
    public void Cases_of_other_projects_get_the_verdict_that_node_gave_but_for_those_that_are_named()
    {
        var path = Repository.Sibling(Path.Combine("shared", "oracle", "peers.jsonl.gz"));
        Assert.SkipWhen(path is null, "The cases are not beside the repository.");

        var validator = new StrictPathValidator();
        var wrong = RecordedCase.Load(path!)
            .Where(recorded => recorded.Validate(validator) is var result
                && (!string.Equals(result.NodeCode, recorded.Expected, StringComparison.Ordinal) || (recorded.ExpectedDepth is { } depth && !result.Accepted && result.Depth is { } own && own != depth)))
            .Select(recorded => recorded.Id);

        Assert.Equal(Named, wrong);
    }
}
