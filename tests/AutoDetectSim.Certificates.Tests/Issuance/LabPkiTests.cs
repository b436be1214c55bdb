using System.Security.Cryptography.X509Certificates;
using AutoDetectSim.Certificates.Issuance;
using CsCheck;

namespace AutoDetectSim.Certificates.Tests.Issuance;

public sealed class LabPkiTests
{
    private static readonly Gen<(int Intermediates, ChainShape[] Shapes, int Seed)> Hierarchies =
        Gen.Select(Gen.Int[0, 5], Gen.Enum<ChainShape>().Array[1, 4], Gen.Int);

    [Fact]
    public void Equal_recipes_share_one_chain_on_any_number_of_threads()
    {
        using var pki = Pki.Create();
        var recipes = Enumerable.Range(0, 1000).Select(i => i % 2 == 0
            ? new PresentedChainRecipe { Certificate = "mail" }
            : new PresentedChainRecipe { Certificate = "mail", Names = new List<string> { "mail", "ca1" } }).ToList();
        var chains = new PresentedChain[recipes.Count];

        Parallel.For(0, recipes.Count, i => chains[i] = pki.Present(recipes[i]));

        Assert.Equal(2, chains.Distinct().Count());
        Assert.Single(chains.Select(chain => chain.Leaf).Distinct());
        Assert.Single(chains.SelectMany(chain => chain.Certificates).Where(certificate => certificate.Name == "ca1").Distinct());
    }

    [Fact]
    public void A_thousand_distinct_certificates_come_in_the_order_of_their_recipes()
    {
        var definition = Pki.Definition() with
        {
            Certificates = [.. Enumerable.Range(0, 1000).Select(i => new CertificateRecipe { Name = $"c{i}", Issuer = "ca1", Hosts = [$"h{i}.contoso.com"] })],
        };
        using var pki = Pki.Create(definition);

        var chains = pki.PresentAll([.. definition.Certificates.Select(certificate => new PresentedChainRecipe { Certificate = certificate.Name })]);

        Assert.Equal(definition.Certificates.Select(certificate => certificate.Name), chains.Select(chain => chain.Leaf.Name));
        Assert.Equal(1000, chains.Select(chain => Convert.ToHexString(chain.Leaf.Certificate.GetPublicKey())).Distinct().Count());
    }

    [Fact]
    public void Slow_keys_that_nothing_presents_are_never_made()
    {
        var definition = Pki.Definition() with
        {
            Certificates = [.. Enumerable.Range(0, 400).Select(i => new CertificateRecipe { Name = $"c{i}", Issuer = "ca1", Hosts = ["h"], Key = KeyAlgorithm.Rsa4096 }), new() { Name = "mail", Issuer = "ca1", Hosts = ["h"] }],
        };
        using var pki = Pki.Create(definition);

        // Four hundred RSA-4096 keys would take minutes.
        pki.Prepare([new PresentedChainRecipe { Certificate = "mail" }]);
        Assert.Equal(["mail", "ca1"], pki.Present(ChainShape.Complete).NamesOf());
    }

    [Fact]
    public void Keys_prepared_in_the_background_are_the_ones_that_are_presented()
    {
        using var pki = Pki.Create(Pki.Definition(key: KeyAlgorithm.Rsa2048));
        pki.Prepare([new PresentedChainRecipe { Certificate = "mail" }]);

        var chain = pki.Present(ChainShape.Complete);

        Assert.Equal(chain.Leaf.Certificate.PublicKey.ExportSubjectPublicKeyInfo(), ((System.Security.Cryptography.RSA)chain.PrivateKey).ExportSubjectPublicKeyInfo());
        Assert.Same(pki.TrustAnchors[0], pki.Get("root"));
    }

    [Fact]
    public void A_disposed_pki_says_so()
    {
        var pki = Pki.Create(Pki.Definition(key: KeyAlgorithm.Rsa2048));
        pki.Prepare([new PresentedChainRecipe { Certificate = "mail" }]);
        pki.Dispose();

        Assert.Throws<ObjectDisposedException>(() => pki.Present(ChainShape.Complete));
        Assert.Throws<ObjectDisposedException>(() => pki.Get("mail"));
    }

    [Fact]
    public void A_client_of_one_lab_does_not_trust_another_lab_of_the_same_scenario()
    {
        using var first = Pki.Create();
        using var second = Pki.Create();

        Assert.Equal(first.TrustAnchors[0].Certificate.SerialNumber, second.TrustAnchors[0].Certificate.SerialNumber);
        Assert.False(SignedBy(first.Get("mail"), second.Get("ca1")));
        Assert.True(SignedBy(first.Get("mail"), first.Get("ca1")));
    }

    [Fact]
    public void In_any_hierarchy_every_certificate_is_signed_by_its_issuer_and_names_it() =>
        Hierarchies.Sample(
            hierarchy =>
            {
                var definition = Pki.Definition(hierarchy.Intermediates, seed: hierarchy.Seed);
                using var pki = Pki.Create(definition);
                var complete = pki.Present(new PresentedChainRecipe { Certificate = "mail", Shape = ChainShape.ContainsAnchor });
                for (var i = 0; i < complete.Certificates.Count; i++)
                {
                    var issuer = complete.Certificates[Math.Min(i + 1, complete.Certificates.Count - 1)];
                    Assert.True(SignedBy(complete.Certificates[i], issuer));
                    Assert.Equal(issuer.Certificate.SubjectName.RawData, complete.Certificates[i].Certificate.IssuerName.RawData);
                    Assert.Equal(SubjectKeyIdentifier(issuer), AuthorityKeyIdentifier(complete.Certificates[i]));
                }
            },
            iter: Samples.Of(20));

    [Fact]
    public void In_any_hierarchy_a_possible_shape_is_presented_and_an_impossible_one_is_reported_before() =>
        Hierarchies.Sample(
            hierarchy =>
            {
                var definition = Pki.Definition(hierarchy.Intermediates, seed: hierarchy.Seed);
                using var pki = Pki.Create(definition);
                var validator = new LabPkiDefinitionValidator(definition, pki.Start);
                foreach (var shape in hierarchy.Shapes)
                {
                    var recipe = new PresentedChainRecipe { Certificate = "mail", Shape = shape };
                    if (validator.Check(recipe).Any())
                    {
                        Assert.Throws<LabPkiException>(() => pki.Present(recipe));
                        continue;
                    }

                    var chain = pki.Present(recipe);
                    Assert.Same(chain.Certificates[0], chain.Leaf);
                    Assert.Equal(chain.Leaf.Certificate.PublicKey.ExportSubjectPublicKeyInfo(), ((System.Security.Cryptography.ECDsa)chain.PrivateKey).ExportSubjectPublicKeyInfo());
                    Assert.Equal(chain.Certificates.Select(certificate => certificate.Der.ToArray()), pki.Present(recipe).Certificates.Select(certificate => certificate.Der.ToArray()));
                }
            },
            iter: Samples.Of(20));

    [Fact]
    public void No_certificate_store_of_the_user_changes()
    {
        var before = Stores();
        using (var pki = Pki.Create(Pki.Definition(2)))
        {
            foreach (var shape in Enum.GetValues<ChainShape>())
            {
                _ = pki.Present(shape).Certificates;
            }

            // Other tests of this process may fill a store in the meantime, but not with certificates of this lab.
            var added = Stores().Except(before).ToHashSet();
            Assert.DoesNotContain(Enum.GetValues<ChainShape>().SelectMany(shape => pki.Present(shape).Certificates), certificate => added.Contains(certificate.Certificate.Thumbprint));
        }
    }

    private static HashSet<string> Stores()
    {
        var thumbprints = new HashSet<string>();
        foreach (var name in new[] { StoreName.My, StoreName.Root, StoreName.CertificateAuthority, StoreName.TrustedPeople })
        {
            using var store = new X509Store(name, StoreLocation.CurrentUser);
            store.Open(OpenFlags.ReadOnly);
            thumbprints.UnionWith(store.Certificates.Select(certificate => certificate.Thumbprint));
        }

        return thumbprints;
    }

    private static bool SignedBy(IssuedCertificate certificate, IssuedCertificate issuer)
    {
        var parsed = new Org.BouncyCastle.X509.X509Certificate(certificate.Der.ToArray());
        return parsed.IsSignatureValid(new Org.BouncyCastle.X509.X509Certificate(issuer.Der.ToArray()).GetPublicKey());
    }

    private static string SubjectKeyIdentifier(IssuedCertificate certificate) =>
        certificate.Certificate.Extensions.OfType<X509SubjectKeyIdentifierExtension>().Single().SubjectKeyIdentifier!;

    private static string AuthorityKeyIdentifier(IssuedCertificate certificate) =>
        Convert.ToHexString(certificate.Certificate.Extensions.OfType<X509AuthorityKeyIdentifierExtension>().Single().KeyIdentifier!.Value.Span);
}
