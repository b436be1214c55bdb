using Microsoft.Playwright;

namespace AutoDetectSim.FunctionalTests.Pages;

/// <summary>A headless Chromium that is installed on this computer; none is downloaded.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "chrome"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
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

    /// <summary>A page of a browser without a network.</summary>
    /// <param name="width">The width of the window in CSS pixels.</param>
    /// <param name="scheme">Whether the person prefers light or dark pages.</param>
    public async Task<IPage> OpenAsync(int width, ColorScheme scheme)
    {
        var context = await _browser!.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = 850 }, ColorScheme = scheme, Offline = true });
        return await context.NewPageAsync();
    }

    /// <summary>The path of the program.</summary>
    public static string Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => Names.SelectMany(name => (string[])[Path.Combine(folder, name), Path.Combine(folder, name + ".exe")]))
        .FirstOrDefault(File.Exists) ?? throw new InvalidOperationException("The tests need chromium. The README says how to install it.");
}
