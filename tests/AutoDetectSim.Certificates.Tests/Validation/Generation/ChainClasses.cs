namespace AutoDetectSim.Certificates.Tests.Validation.Generation;

/// <summary>The kinds of chains that are generated: what goes wrong with the list that is sent and with the trust list.</summary>
internal static class ChainClasses
{
    public static IReadOnlyDictionary<string, Action<ChainPlan>> All { get; } = new Dictionary<string, Action<ChainPlan>>(StringComparer.Ordinal)
    {
        ["complete"] = static _ => { },
        ["missing"] = Missing,
        ["order"] = Order,
        ["extra"] = Extra,
        ["root sent"] = RootSent,
        ["untrusted root"] = UntrustedRoot,
        ["self-signed"] = SelfSigned,
        ["store"] = Store,
        ["same name"] = SameName,
        ["cross-signed"] = CrossSigned,
        ["rollover"] = Rollover,
        ["loop"] = Loop,
        ["graph"] = Graph,
        ["long"] = Long,
        ["trusted pem"] = TrustedPem,
        ["proxy"] = Proxy,
    };

    public static void Missing(ChainPlan plan)
    {
        foreach (var certificate in plan.Intermediates.Where(_ => plan.Chance(60)).ToList())
        {
            plan.Sent.Remove(certificate);
            plan.Note($"{certificate.Label} missing");
        }
    }

    public static void Order(ChainPlan plan)
    {
        var keep = plan.Chance(80) ? 1 : 0;
        var rest = plan.Sent.Skip(keep).ToList();
        if (plan.Chance(30))
        {
            rest.Add(plan.Root);
        }

        var shuffled = rest.ToArray();
        plan.Random.Shuffle(shuffled);
        plan.Sent.RemoveRange(keep, plan.Sent.Count - keep);
        plan.Sent.AddRange(shuffled);
        plan.Note("order " + string.Join(' ', plan.Sent.Select(c => c.Label)));
    }

    public static void Extra(ChainPlan plan)
    {
        for (var i = 0; i <= plan.Random.Next(3); i++)
        {
            var (extra, what) = plan.Random.Next(4) switch
            {
                0 => (plan.PickFrom(plan.Sent), "duplicate"),
                1 => (new ChainPlan(plan.Random, plan.Now, 1).Intermediates[0], "stranger"),
                2 => (new ChainPlan(plan.Random, plan.Now, 0).Root, "strange root"),
                _ => (plan.Root, "root"),
            };
            plan.Sent.Insert(plan.Random.Next(1, plan.Sent.Count + 1), extra);
            plan.Note(what);
        }
    }

    public static void RootSent(ChainPlan plan)
    {
        plan.Sent.Add(plan.Root);
        plan.Note("root sent");
        if (plan.Chance(40))
        {
            plan.Trusted.Clear();
            plan.Note("not trusted");
        }
    }

    public static void UntrustedRoot(ChainPlan plan)
    {
        plan.Trusted.Clear();
        if (plan.Chance(50))
        {
            plan.Trusted.Add(new ChainPlan(plan.Random, plan.Now, 0).Root);
        }

        plan.Note("root not trusted");
    }

    public static void SelfSigned(ChainPlan plan)
    {
        plan.Leaf.Issuer = null;
        plan.Leaf.Remove(ExtensionPlan.AuthorityKeyIdentifierOid);
        plan.Sent.RemoveAll(c => c != plan.Leaf && plan.Chance(70));
        plan.Note("self-signed");
        if (plan.Chance(40))
        {
            plan.Trusted.Add(plan.Leaf);
            plan.Note("trusted");
        }

        if (plan.Chance(20))
        {
            plan.Leaf.Extensions.Clear();
            plan.Leaf.Version = null;
            plan.Note("version 1");
        }
    }

    public static void Store(ChainPlan plan)
    {
        foreach (var certificate in plan.All.Where(c => c != plan.Root && plan.Chance(50)).ToList())
        {
            plan.Trusted.Insert(plan.Random.Next(plan.Trusted.Count + 1), certificate);
            plan.Note($"{certificate.Label} in the trust list");
        }

        if (plan.Chance(40))
        {
            plan.Trusted.Remove(plan.Root);
            plan.Note("root not");
        }

        if (plan.Chance(40))
        {
            Missing(plan);
        }
    }

    public static void SameName(ChainPlan plan)
    {
        var original = plan.PickFrom(plan.Authorities.ToList());
        var twin = plan.Add("twin", plan.NewKey("P-256", "P-384", "rsa2048"), original.Subject, original.Issuer);
        twin.Extensions.AddRange(original.Extensions.Where(e => plan.Chance(80) && e.Oid != ExtensionPlan.SubjectKeyIdentifierOid));
        if (plan.Chance(30))
        {
            twin.Set(ExtensionPlan.SubjectKeyIdentifier(plan.Chance(50) ? twin.Key.Identifier : original.Key.Identifier));
        }

        if (plan.Chance(30))
        {
            twin.NotAfter = CertificatePlan.Utc(plan.Now.AddDays(-3));
            plan.Note("expired");
        }

        var list = original == plan.Root ? plan.Trusted : plan.Sent;
        list.Insert(plan.Random.Next(list == plan.Sent ? 1 : 0, list.Count + 1), twin);
        plan.Note($"twin of {original.Label}");
    }

    public static void CrossSigned(ChainPlan plan)
    {
        var old = plan.Add("old root", plan.NewKey("P-256", "rsa2048"), NamePlan.Of($"Old Root {plan.Random.Next(1000)}"), null);
        old.Set(ExtensionPlan.BasicConstraints(true));
        var cross = plan.Twin(plan.Root, "cross");
        cross.Issuer = old;
        cross.Remove(ExtensionPlan.AuthorityKeyIdentifierOid);
        if (plan.Chance(30))
        {
            cross.NotAfter = CertificatePlan.Utc(plan.Now.AddDays(-3));
            plan.Note("cross expired");
        }

        if (plan.Chance(20))
        {
            old.NotAfter = CertificatePlan.Utc(plan.Now.AddDays(-3));
            plan.Note("old root expired");
        }

        plan.Sent.Add(cross);
        if (plan.Chance(40))
        {
            plan.Sent.Insert(plan.Random.Next(1, plan.Sent.Count + 1), plan.Root);
            plan.Note("new root sent");
        }

        plan.Trusted.Clear();
        foreach (var (root, name) in new[] { (plan.Root, "new root"), (old, "old root"), (cross, "cross") })
        {
            if (plan.Chance(name == "cross" ? 20 : 60))
            {
                plan.Trusted.Add(root);
                plan.Note($"{name} trusted");
            }
        }
    }

    public static void Rollover(ChainPlan plan)
    {
        var again = plan.Twin(plan.Root, "root again");
        again.NotAfter = CertificatePlan.Utc(plan.Now.AddDays(plan.Pick(-3, 4000)));
        if (plan.Chance(50))
        {
            // A self-issued certificate that carries the old key under the new one.
            var newRoot = plan.Add("new root", plan.NewKey("P-256", "rsa2048"), plan.Root.Subject, null);
            newRoot.Set(ExtensionPlan.BasicConstraints(true));
            again.Issuer = newRoot;
            again.Remove(ExtensionPlan.AuthorityKeyIdentifierOid);
            plan.Trusted.Add(newRoot);
            plan.Note("old with new");
        }

        plan.Sent.Add(again);
        if (plan.Chance(50))
        {
            plan.Trusted.Remove(plan.Root);
            plan.Note("root not trusted");
        }

        if (plan.Chance(50))
        {
            plan.Trusted.Insert(0, again);
            plan.Note("root again trusted");
        }
    }

    public static void Loop(ChainPlan plan)
    {
        var back = plan.Twin(plan.Root, "back");
        back.Issuer = plan.PickFrom(plan.Authorities.ToList());
        back.Remove(ExtensionPlan.AuthorityKeyIdentifierOid);
        plan.Sent.Insert(plan.Random.Next(1, plan.Sent.Count + 1), back);
        if (plan.Chance(50))
        {
            plan.Trusted.Clear();
        }

        if (plan.Chance(30))
        {
            plan.Trusted.Add(back);
        }

        plan.Note($"root also signed by {back.Issuer!.Label}");
    }

    public static void Graph(ChainPlan plan)
    {
        var authorities = plan.Authorities.ToList();
        var edges = new List<CertificatePlan>();
        for (var i = 0; i < plan.Random.Next(2, 7); i++)
        {
            var subject = plan.PickFrom(authorities);
            var edge = plan.Twin(subject, $"{subject.Label}'");
            edge.Issuer = plan.PickFrom(authorities);
            edge.Remove(ExtensionPlan.AuthorityKeyIdentifierOid);
            CertificateFaults.Apply(plan, edge, plan.Pick("none", "none", "expired", "not ca", "client only", "path length 0"));
            edges.Add(edge);
            plan.Note($"{edge.Label} by {edge.Issuer.Label}");
        }

        plan.Sent.AddRange(edges.Where(_ => plan.Chance(80)));
        var rest = plan.Sent.Skip(1).ToArray();
        plan.Random.Shuffle(rest);
        plan.Sent.RemoveRange(1, plan.Sent.Count - 1);
        plan.Sent.AddRange(rest);
        plan.Trusted.AddRange(edges.Where(_ => plan.Chance(15)));
        if (plan.Chance(20))
        {
            plan.Trusted.Remove(plan.Root);
        }
    }

    public static void Long(ChainPlan plan)
    {
        var count = plan.Pick(10, 40, 98, 99, 100, 101, 102, 110);
        var above = plan.Root;
        var key = plan.NewKey("P-256");
        var made = new List<CertificatePlan>();
        for (var i = 0; i < count; i++)
        {
            above = plan.Add($"long{i}", key, NamePlan.Of($"CA {i}"), above);
            above.Extensions.AddRange([ExtensionPlan.BasicConstraints(true)]);
            made.Insert(0, above);
        }

        plan.Leaf.Issuer = above;
        plan.Leaf.Remove(ExtensionPlan.AuthorityKeyIdentifierOid);
        plan.Sent.Clear();
        plan.Sent.Add(plan.Leaf);
        plan.Sent.AddRange(made);
        if (plan.Chance(30))
        {
            plan.Sent.Add(plan.Root);
        }

        if (plan.Chance(30))
        {
            plan.Trusted.Clear();
        }

        plan.Note($"{count} intermediates");
    }

    public static void TrustedPem(ChainPlan plan)
    {
        var target = plan.PickFrom(plan.Authorities.ToList());
        if (!plan.Trusted.Contains(target))
        {
            plan.Trusted.Add(target);
        }

        string[] uses = ["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2", "2.5.29.37.0", "1.3.6.1.5.5.7.3.4"];
        var trusted = uses.Where(_ => plan.Chance(30)).Select(Der.Oid).ToList();
        var rejected = uses.Where(_ => plan.Chance(20)).Select(Der.Oid).ToList();
        plan.TrustSettings[target] = Der.Sequence(
            trusted.Count > 0 || plan.Chance(10) ? Der.Sequence(trusted) : [],
            rejected.Count > 0 ? Der.Tlv(0xA0, rejected) : []);
        if (plan.Chance(30))
        {
            plan.TrustText.Add(plan.Pick("no PEM at all", "-----BEGIN NONSENSE-----\nAAAA\n-----END NONSENSE-----\n", ""));
        }

        CertificateFaults.Apply(plan, target, plan.Pick("none", "none", "client only", "any purpose"));
        plan.Note($"trust settings of {target.Label}");
    }

    public static void Proxy(ChainPlan plan)
    {
        var proxy = plan.PickFrom(plan.All.ToList());
        proxy.Set(ExtensionPlan.Proxy(plan.Pick<long?>(null, 0, 1, 5)));
        if (plan.Chance(70))
        {
            proxy.Remove(ExtensionPlan.SubjectAltNameOid);
            proxy.Remove(ExtensionPlan.BasicConstraintsOid);
        }

        if (plan.Chance(50) && proxy.Issuer is { } issuer)
        {
            var name = issuer.Subject.Copy();
            name.Rdns.Add([("2.5.4.3", 0x0C, plan.Host)]);
            proxy.Subject = name;
        }

        plan.Note($"{proxy.Label} is a proxy certificate");
    }
}
