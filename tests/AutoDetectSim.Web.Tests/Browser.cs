using Microsoft.Playwright;

namespace AutoDetectSim.Web.Tests;

/// <summary>A headless Chromium that is installed on this computer; none is downloaded.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "chrome"];

    /// <summary>Milliseconds to wait for what a page does; a busy machine may take that long.</summary>
    private const float Patience = 120_000;

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(Patience);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Find(), Args = ["--no-sandbox"] });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }

    /// <summary>A page of a new browser profile.</summary>
    public async Task<IPage> NewPageAsync(int width = 1280, ColorScheme scheme = ColorScheme.Light, ReducedMotion motion = ReducedMotion.NoPreference)
    {
        var context = await _browser!.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = scheme, ReducedMotion = motion, AcceptDownloads = true });
        context.SetDefaultTimeout(Patience);
        return await context.NewPageAsync();
    }

    private static string Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => Names.SelectMany(name => (string[])[Path.Combine(folder, name), Path.Combine(folder, name + ".exe")]))
        .FirstOrDefault(File.Exists) ?? throw new InvalidOperationException("The tests need chromium. The README says how to install it.");
}
