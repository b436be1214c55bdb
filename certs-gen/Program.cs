namespace AutoDetectSim.CertsGen;

/// <summary>The <c>certs-gen</c> command.</summary>
internal static class Program
{
    internal static int Main(string[] args) => CertsGenCommand.Run(args, Console.Out, Console.Error, TimeProvider.System);
}
