using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AutoDetectSim.AutoDetect.Database;
using AutoDetectSim.Protocols;
using AutoDetectSim.Protocols.Http;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Diagnosis.Capture;

/// <summary>Replaces names: the same name always by the same other one, so that relations stay.</summary>
internal sealed class AnonymousNames
{
    /// <summary>Labels that say what a host is for and nothing about whose it is.</summary>
    private static readonly HashSet<string> Telling = new(StringComparer.OrdinalIgnoreCase)
    {
        "*", "autodiscover", "mail", "www", "owa", "smtp", "imap", "pop", "outlook", "webmail", "exchange", "email", "legacy", "mx", "mx1", "mx2", "aia", "crl", "ocsp", "pki",
    };

    private readonly Dictionary<string, string> _replaced = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly AutoDetectDatabase _providers = new(new AutoDetectDefinition());

    /// <summary>Every old name of some length, for finding them in places that cannot be rewritten.</summary>
    public IEnumerable<string> OldNames => _replaced.Keys.Select(key => key[(key.IndexOf(':', StringComparison.Ordinal) + 1)..]).Where(name => name.Length > 3);

    /// <summary>A host or domain name, or an address.</summary>
    public string Host(string host)
    {
        if (IPAddress.TryParse(host, out _))
        {
            return host;
        }

        var labels = host.TrimEnd('.').Split('.');
        var owned = labels.Length >= 3 && labels[^1].Length == 2 && labels[^2].Length <= 3 ? 3 : Math.Min(2, labels.Length);
        var domain = string.Join('.', labels[^owned..]);
        var rest = labels[..^owned].Select(label => Telling.Contains(label) ? label.ToLowerInvariant() : Replace("label", label, number => $"host{number}"));
        return string.Join('.', [.. rest, Replace("domain", domain, number => number == 1 ? "customer.example" : $"other{number}.example")]);
    }

    /// <summary>A mail exchanger: that of a known provider keeps the provider's name, or detection would change.</summary>
    public string MailExchanger(string host)
    {
        if (_providers.ByMailExchangers([host]) is null)
        {
            return Host(host);
        }

        var dot = host.IndexOf('.', StringComparison.Ordinal);
        var first = dot < 0 ? host : host[..dot];
        var known = "changed" + host[dot..];
        return dot > 0 && first.Contains('-', StringComparison.Ordinal) && _providers.ByMailExchangers([known]) is not null ? Replace("label", first, number => $"customer{number}") + host[dot..] : host;
    }

    /// <summary>An e-mail address.</summary>
    public string Email(string email) =>
        EmailAddress.LocalPartOf(email) is { } local && EmailAddress.DomainOf(email) is { } domain
            ? Replace("user", local, number => $"user{number}") + "@" + Host(domain)
            : email;

    /// <summary>A URL: its host and its last segment may tell names.</summary>
    public string Url(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri))
        {
            return "http://" + Replace("domain", url, number => $"other{number}.example") + "/";
        }

        var path = uri.AbsolutePath.StartsWith(ExchangePaths.ActiveSync, StringComparison.OrdinalIgnoreCase) || uri.AbsolutePath.StartsWith("/EWS/", StringComparison.OrdinalIgnoreCase) || uri.AbsolutePath == "/"
            ? uri.AbsolutePath
            : "/" + Replace("file", uri.AbsolutePath, number => $"file{number}") + Path.GetExtension(uri.AbsolutePath);
        return $"{uri.Scheme}://{Host(uri.Host)}{(uri.IsDefaultPort ? "" : ":" + uri.Port.ToString(CultureInfo.InvariantCulture))}{path}";
    }

    /// <summary>A distinguished name, attribute by attribute; countries stay.</summary>
    public string Subject(string subject)
    {
        string decoded;
        try
        {
            decoded = new X500DistinguishedName(subject).Decode(X500DistinguishedNameFlags.Reversed | X500DistinguishedNameFlags.UseNewLines | X500DistinguishedNameFlags.DoNotUseQuotes);
        }
        catch (CryptographicException)
        {
            return "CN=" + Replace("CN", subject, number => $"Name {number}");
        }

        return string.Join(", ", decoded.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Attribute));
    }

    private string Attribute(string attribute)
    {
        var equals = attribute.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
        {
            return "CN=" + Replace("CN", attribute, number => $"Name {number}");
        }

        var (type, value) = (attribute[..equals], attribute[(equals + 1)..]);
        if (type is "C")
        {
            return attribute;
        }

        var isHost = value.Contains('.', StringComparison.Ordinal) && !value.Contains(' ', StringComparison.Ordinal) && Uri.CheckHostName(value.TrimStart('*', '.')) is UriHostNameType.Dns;
        return $"{type}={(isHost ? Host(value) : value.Contains('@', StringComparison.Ordinal) ? Email(value) : Replace(type, value, number => $"{Word(type)} {number}"))}";
    }

    private static string Word(string type) => type switch
    {
        "CN" => "Name",
        "O" => "Organization",
        "OU" => "Unit",
        "L" => "City",
        "S" or "ST" => "State",
        _ => "Value",
    };

    private string Replace(string kind, string old, Func<int, string> make)
    {
        var key = kind + ":" + old;
        if (!_replaced.TryGetValue(key, out var replacement))
        {
            var number = _counts[kind] = _counts.GetValueOrDefault(kind) + 1;
            _replaced[key] = replacement = make(number);
        }

        return replacement;
    }
}
