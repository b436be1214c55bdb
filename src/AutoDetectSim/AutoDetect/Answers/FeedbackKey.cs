using System.Text;
using AutoDetectSim.Protocols.Randomness;
using Microsoft.IdentityModel.Tokens;

namespace AutoDetectSim.AutoDetect.Answers;

/// <summary>The key that signs X-Feedback-Token with HS256.</summary>
internal sealed class FeedbackKey
{
    private readonly byte[] _bytes;

    /// <param name="text">The key as text, or null: derived from the seed.</param>
    /// <param name="seed">The scenario's seed.</param>
    public FeedbackKey(string? text, int seed)
    {
        if (text is null)
        {
            _bytes = new byte[32];
            new Seed(seed).Stream(-2).NextBytes(_bytes);
        }
        else
        {
            _bytes = Encoding.UTF8.GetBytes(text);
        }

        Credentials = new SigningCredentials(new SymmetricSecurityKey(_bytes), SecurityAlgorithms.HmacSha256);
    }

    /// <summary>The key's octets.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>The key for signing.</summary>
    public SigningCredentials Credentials { get; }
}
