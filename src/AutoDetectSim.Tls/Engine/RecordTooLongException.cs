namespace AutoDetectSim.Tls.Engine;

/// <summary>The peer announced a record that is longer than any version of TLS allows.</summary>
internal sealed class RecordTooLongException() : IOException("The peer announced a TLS record of more than 18,432 bytes.");
