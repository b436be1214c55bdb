namespace AutoDetectSim.Fuzzing;

/// <summary>An input that a parser did not survive.</summary>
/// <param name="Number">The number of the input.</param>
/// <param name="Input">Its bytes.</param>
/// <param name="Words">What happened.</param>
internal sealed record FuzzFault(int Number, byte[] Input, string Words)
{
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"input {Number} ({Input.Length} bytes): {Words}");
}
