using AutoDetectSim.LoadTests;

if (LoadOptions.Parse(args) is not { } options)
{
    await Console.Error.WriteLineAsync("usage: AutoDetectSim.LoadTests ramp | soak | spike | class [--seconds N] [--rate N] [--reports FOLDER]");
    return 2;
}

return await LoadTest.RunAsync(options);
