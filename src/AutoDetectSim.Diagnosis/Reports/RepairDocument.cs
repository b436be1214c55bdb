namespace AutoDetectSim.Diagnosis.Reports;

/// <summary>Commands of one kind of server for a repair. Words in capitals are the reader's to replace.</summary>
/// <param name="Repair">What they repair, for example <c>Present the complete chain</c>.</param>
/// <param name="Server">The kind of server, for example <c>nginx</c>.</param>
/// <param name="Lines">The lines.</param>
internal sealed record RepairDocument(string Repair, string Server, IReadOnlyList<string> Lines);
