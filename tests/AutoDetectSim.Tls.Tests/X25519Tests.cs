using AutoDetectSim.Tls.Cryptography;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;
using Org.BouncyCastle.Tls.Crypto.Impl.BC;

namespace AutoDetectSim.Tls.Tests;

/// <summary>X25519 of the platform, beside Bouncy Castle's.</summary>
public sealed class X25519Tests
{
    [Fact]
    public void OpenSsl_is_used_where_there_is_one()
    {
        using var crypto = new NativeTlsCrypto(null);

        Assert.Equal(OperatingSystem.IsLinux(), Agreement(crypto) is NativeX25519);
    }

    [Fact]
    public void Both_arrive_at_the_same_secret()
    {
        using var crypto = new NativeTlsCrypto(null);
        for (var round = 0; round < 50; round++)
        {
            var ours = Agreement(crypto);
            var theirs = BouncyCastle();
            var ourPoint = ours.GenerateEphemeral();
            theirs.ReceivePeerValue(ourPoint);
            ours.ReceivePeerValue(theirs.GenerateEphemeral());

            Assert.Equal(theirs.CalculateSecret().Extract(), ours.CalculateSecret().Extract());
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void A_share_of_another_length_is_refused_alike(int length)
    {
        using var crypto = new NativeTlsCrypto(null);

        Assert.Equal(Refusal(BouncyCastle(), new byte[length]), Refusal(Agreement(crypto), new byte[length]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_share_of_small_order_is_refused_alike(byte first)
    {
        using var crypto = new NativeTlsCrypto(null);
        var share = new byte[32];
        share[0] = first;

        Assert.Equal(Refusal(BouncyCastle(), share), Refusal(Agreement(crypto), share));
    }

    private static TlsAgreement Agreement(TlsCrypto crypto) => crypto.CreateECDomain(new TlsECConfig(NamedGroup.x25519)).CreateECDH();

    private static TlsAgreement BouncyCastle() => Agreement(new BcTlsCrypto(PlatformRandom.Secure));

    private static short Refusal(TlsAgreement agreement, byte[] share) => Assert.Throws<TlsFatalAlert>(() =>
    {
        agreement.GenerateEphemeral();
        agreement.ReceivePeerValue(share);
        agreement.CalculateSecret();
    }).AlertDescription;
}
