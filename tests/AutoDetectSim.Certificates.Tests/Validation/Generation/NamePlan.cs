namespace AutoDetectSim.Certificates.Tests.Validation.Generation;

/// <summary>A distinguished name: RDNs of attributes of (OID, string tag, text).</summary>
internal sealed class NamePlan
{
    public List<List<(string Oid, int Tag, string Text)>> Rdns { get; } = [];

    public static NamePlan Of(string commonName, string? organization = null, string? country = null)
    {
        var name = new NamePlan();
        if (country is not null)
        {
            name.Rdns.Add([("2.5.4.6", 0x13, country)]);
        }

        if (organization is not null)
        {
            name.Rdns.Add([("2.5.4.10", 0x0C, organization)]);
        }

        name.Rdns.Add([("2.5.4.3", 0x0C, commonName)]);
        return name;
    }

    public NamePlan Copy()
    {
        var copy = new NamePlan();
        copy.Rdns.AddRange(Rdns.Select(rdn => rdn.ToList()));
        return copy;
    }

    public byte[] Encode() => Der.Sequence(Rdns.Select(rdn => Der.Set(rdn.Select(a => Der.Sequence(Der.Oid(a.Oid), Der.Text(a.Tag, a.Text))))));
}
