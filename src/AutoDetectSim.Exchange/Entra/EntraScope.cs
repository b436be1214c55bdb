namespace AutoDetectSim.Exchange.Entra;

/// <summary>What an application asks for: a service, and permissions of it.</summary>
/// <param name="Resource">The service that the access token is for.</param>
/// <param name="Names">The permissions as asked for; empty where the first version of the protocol names a resource alone.</param>
/// <param name="IsVersion2">Whether the second version of the protocol is spoken.</param>
internal sealed record EntraScope(string Resource, IReadOnlyList<string> Names, bool IsVersion2)
{
    private static readonly string[] Standard = ["openid", "profile", "email", "offline_access"];

    /// <summary>Whether the application gets an ID token.</summary>
    public bool WantsIdToken => !IsVersion2 || Names.Contains("openid", StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the application gets a refresh token.</summary>
    public bool WantsRefreshToken => !IsVersion2 || Names.Contains("offline_access", StringComparer.OrdinalIgnoreCase);

    /// <summary>What the answer says was granted.</summary>
    public string Granted => IsVersion2 ? string.Join(' ', Names.Where(name => !name.Equals("offline_access", StringComparison.OrdinalIgnoreCase))) : "user_impersonation";

    /// <summary>The permissions without their resource, as an access token lists them.</summary>
    public string Permissions =>
        Names.Where(name => !Standard.Contains(name, StringComparer.OrdinalIgnoreCase)).Select(name => name[(name.LastIndexOf('/') + 1)..]).Where(name => name is not ".default") is var own && own.Any()
            ? string.Join(' ', own)
            : "user_impersonation";

    /// <summary>Reads a request.</summary>
    /// <param name="parameter">Gives a parameter of it, or null.</param>
    /// <param name="isVersion2">Whether the second version of the protocol is spoken.</param>
    /// <param name="otherwise">The scope of a grant that the request redeems, for what it does not name; null without one.</param>
    public static EntraScope Read(Func<string, string?> parameter, bool isVersion2, EntraScope? otherwise = null)
    {
        if (!isVersion2)
        {
            var resource = parameter("resource") ?? otherwise?.Resource ?? EntraTenants.GraphApplication;
            return new EntraScope(resource, [], IsVersion2: false);
        }

        var names = parameter("scope")?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? otherwise?.Names.ToArray() ?? [];
        return new EntraScope(names.Select(ResourceOf).FirstOrDefault(resource => resource is not null) ?? EntraTenants.GraphApplication, names, IsVersion2: true);
    }

    // https://mail.contoso.com/.default and https://mail.contoso.com//.default are for two resources, of which the second ends in a slash.
    private static string? ResourceOf(string name) =>
        name.LastIndexOf('/') is not (> 0 and var slash) ? null : name[slash - 1] == '/' && name[..slash].EndsWith(":/", StringComparison.Ordinal) ? name : name[..slash];
}
