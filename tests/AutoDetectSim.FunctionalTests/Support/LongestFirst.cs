using AutoDetectSim.FunctionalTests.Diagnosis;
using AutoDetectSim.FunctionalTests.Export;
using AutoDetectSim.FunctionalTests.Learn;
using AutoDetectSim.FunctionalTests.Regress;
using AutoDetectSim.FunctionalTests.Support;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace AutoDetectSim.FunctionalTests.Support;

/// <summary>Begins with the classes that take longest, most of it waiting: a run does not end with one of them and an idle machine.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Longest =
        [.. new[] { typeof(CheckLibraryTests), typeof(MysteryTests), typeof(PodmanTests), typeof(LessonSolutionTests), typeof(RealToolTests) }.Select(type => type.FullName!)];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderByDescending(collection => Longest.Any(name => collection.TestCollectionDisplayName.Contains(name + " ", StringComparison.Ordinal)))];
}
