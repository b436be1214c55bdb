namespace AutoDetectSim.Diagnosis.Reports;

/// <summary>A paragraph for people who do not know certificates.</summary>
/// <param name="Title">What it is about, for example <c>What happens</c>.</param>
/// <param name="Text">A few sentences.</param>
internal sealed record CustomerPart(string Title, string Text);
