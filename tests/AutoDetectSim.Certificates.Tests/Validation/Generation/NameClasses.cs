namespace AutoDetectSim.Certificates.Tests.Validation.Generation;

/// <summary>Host names and name constraints.</summary>
internal static class NameClasses
{
    private static readonly string[] Labels = ["www", "mail", "a", "b", "example", "com", "xn--bcher-kva", "w*", "*", "*w", "w*w", "**", "", "EXAMPLE", "ex_ample", "test-1", "-", "bücher", "co", "uk", "com "];
    private static readonly string[] HostNames = ["www.example.com", "WWW.Example.COM", "example.com", "a.b.example.com", "www.example.com.", "www.example.com..", "com", "www", "xn--bcher-kva.example.com", "bücher.example.com", "ww.example.com", "w.example.com", "wxw.example.com", "_a.example.com", "www-1.example.com", "127.0.0.1", "10.0.0.1", "2001:db8::1", "2001:DB8:0:0::1", "::ffff:10.0.0.1", "fe80::1%eth0", "[::1]", "2130706433", "010.0.0.1", "www.example.co.uk", ".example.com", "*.example.com"];

    /// <summary>URIs with every part that stands around a host, and with some that do not belong there.</summary>
    public static IReadOnlyList<string> Uris { get; } =
    [
        "https://www.example.com/", "https://www.example.com:8443/x", "urn:isbn:1", "http:///x", "http://a.b.example.com", "http://user@www.example.com/", "mailto:x", "http://",
        "http://:80/", "http:/x", "http:///@x", "http://a@/x", "http://www.example.com?q", "http://www.example.com#f", "http://u:p@www.example.com/", "http://x?@www.example.com/", "http://[::1]/", "http:///www.example.com",
        "://www.example.com", "//www.example.com", "http://www.example.com/a@b:c", "http://www.example.com/a:80", "http://www.example.com:", "http://www.example.com:0", "http://www.example.com:abc/",
        "http://www.example.com:65535", "http://www.example.com:65536", "http://www.example.com:80x", "http://www.example.com:+80", "http://www.example.com:80?x", "http://www.example.com:80:90", "http://[::1", "http://[www.example.com]/",
        "http://[www.example.com]:80", "http://[www.example.com]x", "http://a@b@www.example.com", "http://www.example.com@b", "x y://www.example.com", "1://www.example.com", "x+1.-://www.example.com", "foo?a://www.example.com", "http:/x://www.example.com",
    ];

    public static void Host(ChainPlan plan)
    {
        plan.Host = plan.PickFrom(HostNames);
        var names = new List<byte[]>();
        for (var i = 0; i < plan.Random.Next(4); i++)
        {
            names.Add(plan.Random.Next(8) switch
            {
                0 => Der.Ip(plan.Pick("127.0.0.1", "10.0.0.1", "2001:db8::1", "::ffff:10.0.0.1", "fe80::1")),
                1 => Der.Tlv(0x87, plan.Bytes(plan.Pick(0, 5, 17))),
                2 => plan.Pick<byte[]>(Der.Email("a@example.com"), Der.Uri("https://www.example.com/"), Der.DirectoryName(NamePlan.Of("www.example.com").Encode()), Der.RegisteredId("1.2.3"), Der.OtherName("1.3.6.1.4.1.311.20.2.3", Der.Text(0x0C, "DNS:www.example.com"))),
                3 => Der.DnsName(plan.Pick("www.example.com\0.evil.com", "evil.com, DNS:www.example.com", "\"www.example.com\"", "www.example.com\n", "", ".", "www.example.com..")),
                _ => Der.DnsName(Pattern(plan)),
            });
        }

        SetNames(plan, names);
        plan.Note($"host {plan.Host}");
    }

    public static void Constraints(ChainPlan plan)
    {
        var names = new List<byte[]>();
        for (var i = 0; i < plan.Random.Next(4); i++)
        {
            names.Add(Name(plan));
        }

        plan.Host = plan.Pick("www.example.com", "a.b.example.com", "x.other.test", "10.1.2.3");
        if (plan.Chance(60))
        {
            names.Add(Der.DnsName(plan.Host));
        }

        SetNames(plan, names);
        if (plan.Chance(40))
        {
            plan.Leaf.Subject.Rdns.Add([("1.2.840.113549.1.9.1", plan.Pick(0x16, 0x16, 0x0C), plan.Pick("a@example.com", "b@other.test", "nobody"))]);
        }

        foreach (var authority in plan.Authorities)
        {
            if (authority == plan.Root && plan.Chance(60))
            {
                continue;
            }

            var permitted = Enumerable.Range(0, plan.Random.Next(3)).Select(_ => Constraint(plan)).ToList();
            var excluded = Enumerable.Range(0, plan.Random.Next(3)).Select(_ => Constraint(plan)).ToList();
            authority.Set(ExtensionPlan.NameConstraints(permitted, excluded, plan.Chance(70)));
        }

        plan.Note("name constraints");
    }

    private static void SetNames(ChainPlan plan, List<byte[]> names)
    {
        plan.Leaf.Remove(ExtensionPlan.SubjectAltNameOid);
        if (names.Count > 0 || plan.Chance(20))
        {
            plan.Leaf.Set(ExtensionPlan.SubjectAltName(names));
        }

        var subject = new NamePlan();
        subject.Rdns.Add([("2.5.4.6", 0x13, "DE")]);
        for (var i = 0; i < plan.Random.Next(3); i++)
        {
            var text = plan.Random.Next(4) switch { 0 => plan.Host, 1 => plan.Host + "\0", _ => Pattern(plan) };
            subject.Rdns.Add([("2.5.4.3", plan.Pick(0x0C, 0x0C, 0x13, 0x16, 0x1E, 0x14, 0x1C), text)]);
        }

        plan.Leaf.Subject = subject;
    }

    private static string Pattern(ChainPlan plan)
    {
        if (plan.Chance(60))
        {
            return plan.Pick("www.example.com", "*.example.com", "w*.example.com", "*w.example.com", "w*w.example.com", "www*.example.com", "*.com", "*", "a.*.com", "*.b.example.com", "*.*.example.com", "xn--*.example.com", "*.example.com.", "WWW.EXAMPLE.com", "example.com", "*.co.uk", "*.example.co.uk", "127.0.0.1", "10.0.0.1", "*.0.0.1", "**.example.com", "*.xn--bcher-kva.example.com");
        }

        return string.Join('.', Enumerable.Range(0, plan.Random.Next(1, 5)).Select(_ => plan.PickFrom(Labels)));
    }

    private static byte[] Name(ChainPlan plan) => plan.Random.Next(10) switch
    {
        0 => Der.Ip(plan.Pick("10.1.2.3", "192.0.2.1", "2001:db8::1")),
        1 => Der.Tlv(0x87, plan.Bytes(plan.Pick(0, 5))),
        2 => Der.Email(plan.Pick("a@example.com", "A@EXAMPLE.com", "b@sub.example.com", "nobody", "a@b@example.com", "@example.com", "\"x@y\"@other.test")),
        3 => Der.Uri(plan.PickFrom(Uris)),
        4 => Der.DirectoryName(plan.Pick(NamePlan.Of("x", "Acme", "DE"), NamePlan.Of("y", "acme", "DE"), NamePlan.Of("z"), new NamePlan()).Encode()),
        5 => Der.RegisteredId("1.2.3.4"),
        6 => Der.OtherName(plan.Pick("1.3.6.1.5.5.7.8.9", "1.2.3", "1.3.6.1.4.1.311.20.2.3"), plan.Pick<byte[]>(Der.Text(0x0C, "ä@example.com"), Der.Text(0x16, "a@example.com"), Der.Text(0x0C, "x@bücher.example"), Der.Text(0x0C, "nobody"))),
        _ => Der.DnsName(plan.Pick("www.example.com", "a.b.example.com", "*.example.com", "x.other.test", "EXAMPLE.com", "notexample.com", "", ".example.com")),
    };

    private static byte[] Constraint(ChainPlan plan)
    {
        var name = plan.Random.Next(12) switch
        {
            0 => Der.Subnet("10.0.0.0", "255.0.0.0"),
            1 => plan.Pick<byte[]>(Der.Subnet("2001:db8::", "ffff:ffff::"), Der.Tlv(0x87, plan.Bytes(plan.Pick(4, 16, 0))), Der.Subnet("0.0.0.0", "0.0.0.0"), Der.Subnet("10.1.2.0", "255.0.255.0")),
            2 => Der.Email(plan.Pick("example.com", ".example.com", "a@example.com", "A@example.com", "@example.com", "", "other.test", ".xn--bcher-kva.example", "xn--bcher-kva.example")),
            3 => Der.Uri(plan.Pick("www.example.com", ".example.com", "example.com", "", "b.example.com", "WWW.example.com")),
            4 => Der.DirectoryName(plan.Pick(NamePlan.Of("x", "Acme", "DE"), Prefix("DE"), Prefix("de"), Prefix("US"), new NamePlan()).Encode()),
            5 => Der.RegisteredId("1.2.3.4"),
            6 => Der.OtherName(plan.Pick("1.2.3", "1.3.6.1.5.5.7.8.9"), Der.Text(0x0C, "x")),
            _ => Der.DnsName(plan.Pick("example.com", ".example.com", "", "com", "www.example.com", "EXAMPLE.COM", "other.test", "ample.com", "b.example.com", "*.example.com")),
        };
        return plan.Random.Next(20) switch
        {
            0 => [.. name, .. Der.Tlv(0x80, [1])],
            1 => [.. name, .. Der.Tlv(0x80, [0])],
            2 => [.. name, .. Der.Tlv(0x81, [0])],
            _ => name,
        };
    }

    private static NamePlan Prefix(string country)
    {
        var name = new NamePlan();
        name.Rdns.Add([("2.5.4.6", 0x13, country)]);
        return name;
    }
}
