using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Testing;

/// <summary>
/// Builds scenarios in code: the same model that scenario files are read into, with the same defaults for everything that is not set.
/// Settings without a method are set on the records: <c>node => node with { Latency = ... }</c>.
/// </summary>
/// <example>
/// <code>
/// var scenario = new ScenarioBuilder("half-broken")
///     .WithOrganization("contoso.com")
///     .WithLoadBalancer("perimeter", balancer => balancer
///         .WithNode("ex01")
///         .WithNode("ex02", ChainShape.MissingIntermediate))
///     .Build();
/// await using var lab = await AutoDetectLab.StartAsync(scenario);
/// </code>
/// </example>
public sealed class ScenarioBuilder
{
    private Scenario _scenario;

    /// <summary>A scenario with only defaults: one organization, contoso.com, with one node.</summary>
    /// <param name="name">The name: letters, digits, dots, hyphens and underscores.</param>
    public ScenarioBuilder(string name = "lab") => _scenario = new Scenario { Name = name };

    /// <summary>Sets the seed of every random choice.</summary>
    /// <param name="seed">The seed. Default: 1.</param>
    /// <returns>This builder.</returns>
    public ScenarioBuilder WithSeed(int seed) => With(scenario => scenario with { Seed = seed });

    /// <summary>Chooses which AutoDetect is imitated.</summary>
    /// <param name="edition">The edition. Default: that of 2021.</param>
    /// <returns>This builder.</returns>
    public ScenarioBuilder WithEdition(Edition edition) => With(scenario => scenario with { Edition = edition });

    /// <summary>Adds an authority. Without any, there is a trusted root named <c>root</c>, and <c>issuing</c> below it.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="issuer">The authority that signs it; null for a root, which clients trust unless <paramref name="configure"/> says otherwise.</param>
    /// <param name="configure">Sets further properties, or null.</param>
    /// <returns>This builder.</returns>
    public ScenarioBuilder WithAuthority(string name, string? issuer = null, Func<AuthorityRecipe, AuthorityRecipe>? configure = null) =>
        With(scenario => scenario with { Authorities = [.. scenario.Authorities, Configured(new AuthorityRecipe { Name = name, Issuer = issuer, Trusted = issuer is null }, configure)] });

    /// <summary>Adds a certificate. Without any, each load balancer has one for all its hosts, with its name.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="issuer">The authority that issues it; null: self-signed.</param>
    /// <param name="hosts">Its host names.</param>
    /// <param name="configure">Sets further properties, or null.</param>
    /// <returns>This builder.</returns>
    public ScenarioBuilder WithCertificate(string name, string? issuer, IReadOnlyList<string> hosts, Func<CertificateRecipe, CertificateRecipe>? configure = null) =>
        With(scenario => scenario with { Certificates = [.. scenario.Certificates, Configured(new CertificateRecipe { Name = name, Issuer = issuer, Hosts = hosts }, configure)] });

    /// <summary>Adds an organization, named after its domain up to the first dot.</summary>
    /// <param name="domain">Its SMTP domain.</param>
    /// <param name="configure">Sets further properties, or null.</param>
    /// <returns>This builder.</returns>
    public ScenarioBuilder WithOrganization(string domain, Func<OrganizationDefinition, OrganizationDefinition>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(domain);
        return With(scenario => scenario with
        {
            Organizations = [.. scenario.Organizations, Configured(new OrganizationDefinition { Name = domain.Split('.')[0], Domains = [domain] }, configure)],
        });
    }

    /// <summary>Adds a load balancer.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="configure">Configures its nodes and other properties; null: one node.</param>
    /// <returns>This builder.</returns>
    public ScenarioBuilder WithLoadBalancer(string name, Action<LoadBalancerBuilder>? configure = null)
    {
        var balancer = new LoadBalancerBuilder(name);
        configure?.Invoke(balancer);
        return With(scenario => scenario with { LoadBalancers = [.. scenario.LoadBalancers, balancer.Build()] });
    }

    /// <summary>Adds DNS records besides those implied by the load balancers' hosts; records of the same name and type are replaced.</summary>
    /// <param name="name">The owner name, for example <c>contoso.com</c>.</param>
    /// <param name="type">The type, for example <c>MX</c>, or <c>NXDOMAIN</c>, <c>SERVFAIL</c>, <c>DELAY</c>.</param>
    /// <param name="values">The values in zone file form, for example <c>10 mail.contoso.com</c>.</param>
    /// <returns>This builder.</returns>
    public ScenarioBuilder WithDns(string name, string type, params IReadOnlyList<string> values) => With(scenario =>
    {
        var zone = scenario.Dns.ToDictionary(owner => owner.Key, owner => owner.Value, StringComparer.OrdinalIgnoreCase);
        var types = zone.GetValueOrDefault(name)?.ToDictionary(known => known.Key, known => known.Value, StringComparer.OrdinalIgnoreCase)
            ?? new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase);
        types[type] = values;
        zone[name] = types;
        return scenario with { Dns = zone };
    });

    /// <summary>Changes anything else of the scenario.</summary>
    /// <param name="change">Returns the new scenario, given the current one.</param>
    /// <returns>This builder.</returns>
    public ScenarioBuilder With(Func<Scenario, Scenario> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        _scenario = change(_scenario);
        return this;
    }

    /// <summary>The complete, validated scenario.</summary>
    /// <returns>A scenario that no later call of this builder changes.</returns>
    /// <exception cref="ScenarioException">It is not valid; the message lists all problems.</exception>
    public Scenario Build() => ScenarioException.ThrowIfUnsound(_scenario);

    private static T Configured<T>(T record, Func<T, T>? configure) => configure is null ? record : configure(record);
}
