using System.Reflection;
using System.Runtime.InteropServices;

namespace AutoDetectSim.Tls.Cryptography;

/// <summary>The functions of libcrypto for X25519, which .NET does not open, where .NET itself stands on OpenSSL (EVP_PKEY-X25519(7)).</summary>
internal static partial class OpenSslLibrary
{
    private const string Name = "libcrypto";

    /// <summary>NID_X25519.</summary>
    private const int X25519 = 1034;

    private static readonly nint Handle = Load();

    /// <summary>Whether keys for X25519 can be made here: there is OpenSSL 1.1.1 or later, and its configuration does not forbid it (FIPS).</summary>
    public static bool HasX25519 { get; } = Handle != 0 && MakesKeys();

    public static EvpKey CreatePrivateKey(ReadOnlySpan<byte> scalar) => NewRawPrivateKey(X25519, 0, scalar, (nuint)scalar.Length);

    public static EvpKey CreatePublicKey(ReadOnlySpan<byte> point) => NewRawPublicKey(X25519, 0, point, (nuint)point.Length);

    /// <summary>Writes the public key of a key. Returns whether OpenSSL could.</summary>
    public static bool TryGetPublicKey(EvpKey key, Span<byte> point)
    {
        var length = (nuint)point.Length;
        return GetRawPublicKey(key, point, ref length) == 1 && length == (nuint)point.Length;
    }

    /// <summary>Writes the shared secret of two keys. Returns false where there is none: a secret of zeros is refused (RFC 7748, section 6.1).</summary>
    public static bool TryAgree(EvpKey own, EvpKey peer, Span<byte> secret)
    {
        using var context = NewContext(own, 0);
        var length = (nuint)secret.Length;
        return !context.IsInvalid && InitDerive(context) == 1 && SetPeer(context, peer) == 1
            && Derive(context, secret, ref length) == 1 && length == (nuint)secret.Length;
    }

    private static nint Load()
    {
        if (OperatingSystem.IsLinux() || OperatingSystem.IsFreeBSD())
        {
            foreach (var name in (string[])["libcrypto.so.3", "libcrypto.so.1.1"])
            {
                if (NativeLibrary.TryLoad(name, out var handle))
                {
                    return handle;
                }
            }
        }

        return 0;
    }

    private static bool MakesKeys()
    {
        NativeLibrary.SetDllImportResolver(Assembly.GetExecutingAssembly(), (name, _, _) => name == Name ? Handle : 0);
        try
        {
            using var key = CreatePrivateKey(stackalloc byte[32]);
            return !key.IsInvalid;
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }
    }

    [LibraryImport(Name, EntryPoint = "EVP_PKEY_new_raw_private_key")]
    private static partial EvpKey NewRawPrivateKey(int type, nint engine, ReadOnlySpan<byte> key, nuint length);

    [LibraryImport(Name, EntryPoint = "EVP_PKEY_new_raw_public_key")]
    private static partial EvpKey NewRawPublicKey(int type, nint engine, ReadOnlySpan<byte> key, nuint length);

    [LibraryImport(Name, EntryPoint = "EVP_PKEY_get_raw_public_key")]
    private static partial int GetRawPublicKey(EvpKey key, Span<byte> point, ref nuint length);

    [LibraryImport(Name, EntryPoint = "EVP_PKEY_CTX_new")]
    private static partial EvpContext NewContext(EvpKey key, nint engine);

    [LibraryImport(Name, EntryPoint = "EVP_PKEY_derive_init")]
    private static partial int InitDerive(EvpContext context);

    [LibraryImport(Name, EntryPoint = "EVP_PKEY_derive_set_peer")]
    private static partial int SetPeer(EvpContext context, EvpKey peer);

    [LibraryImport(Name, EntryPoint = "EVP_PKEY_derive")]
    private static partial int Derive(EvpContext context, Span<byte> secret, ref nuint length);

    [LibraryImport(Name, EntryPoint = "EVP_PKEY_free")]
    private static partial void FreeKey(nint key);

    [LibraryImport(Name, EntryPoint = "EVP_PKEY_CTX_free")]
    private static partial void FreeContext(nint context);

    /// <summary>An EVP_PKEY.</summary>
    internal sealed class EvpKey() : SafeHandle(0, ownsHandle: true)
    {
        public override bool IsInvalid => handle == 0;

        protected override bool ReleaseHandle()
        {
            FreeKey(handle);
            return true;
        }
    }

    /// <summary>An EVP_PKEY_CTX.</summary>
    private sealed class EvpContext() : SafeHandle(0, ownsHandle: true)
    {
        public override bool IsInvalid => handle == 0;

        protected override bool ReleaseHandle()
        {
            FreeContext(handle);
            return true;
        }
    }
}
