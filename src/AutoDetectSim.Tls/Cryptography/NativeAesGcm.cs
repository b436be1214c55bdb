using System.Security.Cryptography;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto.Impl;

namespace AutoDetectSim.Tls.Cryptography;

/// <summary>AES-GCM record protection with the platform's implementation (RFC 5288).</summary>
internal sealed class NativeAesGcm(bool encrypts) : TlsAeadCipherImpl, IDisposable
{
    private const int TagLength = 16;

    private AesGcm? _cipher;
    private byte[] _nonce = [];

    public void SetKey(byte[] key, int keyOff, int keyLen) => SetKey(key.AsSpan(keyOff, keyLen));

    public void SetKey(ReadOnlySpan<byte> key)
    {
        _cipher?.Dispose();
        _cipher = new AesGcm(key, TagLength);
    }

    public void Init(byte[] nonce, int macSize, byte[] additionalData) => _nonce = nonce;

    public int GetOutputSize(int inputLength) => encrypts ? inputLength + TagLength : Math.Max(0, inputLength - TagLength);

    public int DoFinal(byte[] input, int inputOffset, int inputLength, byte[] output, int outputOffset) =>
        DoFinal([], input, inputOffset, inputLength, output, outputOffset);

    public int DoFinal(byte[] additionalData, byte[] input, int inputOffset, int inputLength, byte[] output, int outputOffset)
    {
        if (encrypts)
        {
            _cipher!.Encrypt(
                _nonce,
                input.AsSpan(inputOffset, inputLength),
                output.AsSpan(outputOffset, inputLength),
                output.AsSpan(outputOffset + inputLength, TagLength),
                additionalData);
            return inputLength + TagLength;
        }

        var length = inputLength - TagLength;
        if (length < 0)
        {
            throw new TlsFatalAlert(AlertDescription.decode_error);
        }

        try
        {
            _cipher!.Decrypt(
                _nonce,
                input.AsSpan(inputOffset, length),
                input.AsSpan(inputOffset + length, TagLength),
                output.AsSpan(outputOffset, length),
                additionalData);
        }
        catch (AuthenticationTagMismatchException e)
        {
            throw new TlsFatalAlert(AlertDescription.bad_record_mac, e);
        }

        return length;
    }

    public void Reset()
    {
    }

    public void Dispose() => _cipher?.Dispose();
}
