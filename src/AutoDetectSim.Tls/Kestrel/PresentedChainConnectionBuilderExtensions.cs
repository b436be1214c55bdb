using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AutoDetectSim.Tls.Kestrel;

/// <summary>TLS for Kestrel endpoints with a chain that is presented exactly as given.</summary>
public static class PresentedChainConnectionBuilderExtensions
{
    /// <summary>
    /// Terminates TLS on the connections of an endpoint, instead of <c>UseHttps</c>. HTTP/2 needs <c>h2</c> among the settings'
    /// <see cref="TlsServerSettings.ApplicationProtocols"/>. The connection gets an <see cref="IPresentedChainFeature"/>.
    /// </summary>
    /// <param name="builder">The endpoint, for example a <c>ListenOptions</c>.</param>
    /// <param name="select">Chooses the settings of a connection once the ClientHello is known.</param>
    /// <param name="options">Timeout and clock, or null for the defaults.</param>
    /// <returns>The builder.</returns>
    public static IConnectionBuilder UsePresentedChain(
        this IConnectionBuilder builder,
        Func<ConnectionContext, TlsClientHello, CancellationToken, ValueTask<TlsServerSettings>> select,
        TlsServerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(select);
        var logger = builder.ApplicationServices.GetService<ILoggerFactory>()?.CreateLogger<PresentedChainMiddleware>()
            ?? NullLogger<PresentedChainMiddleware>.Instance;
        return builder.Use(next => new PresentedChainMiddleware(next, select, options ?? new(), logger).InvokeAsync);
    }
}
