namespace AutoDetectSim.Certificates.Tests.Validation.Generation;

/// <summary>Changes bytes of one certificate of a list that is sent. The server's own key is left alone: with another one no handshake could complete.</summary>
internal static class Mutation
{
    public static GeneratedCase Change(ChainPlan plan, GeneratedCase original)
    {
        var random = plan.Random;
        var presented = original.Presented.ToArray();
        var index = random.Next(presented.Length);
        var certificate = presented[index];
        var key = index == 0 ? certificate.AsSpan().IndexOf(original.ServerKey.PublicKeyInfo) : -1;
        var changed = certificate.ToList();
        var notes = new List<string>();
        for (var i = 0; i <= random.Next(3); i++)
        {
            var at = random.Next(changed.Count);
            if (key >= 0 && at >= key - 4 && at < key + original.ServerKey.PublicKeyInfo.Length + 4)
            {
                continue;
            }

            switch (random.Next(8))
            {
                case 0:
                    changed.RemoveAt(at);
                    notes.Add($"-{at}");
                    key -= at < key ? 1 : 0;
                    break;
                case 1:
                    changed.Insert(at, (byte)random.Next(256));
                    notes.Add($"+{at}");
                    key += at < key ? 1 : 0;
                    break;
                case 2:
                    changed[at] = plan.Pick<byte>(0, 1, 0x7F, 0x80, 0xFF, 0x30, 0x31, 0x02, 0x03, 0x04, 0x05, 0x06, 0xA0, 0xA3, 0x84, 0x24);
                    notes.Add($"={at}");
                    break;
                default:
                    changed[at] ^= (byte)(1 << random.Next(8));
                    notes.Add($"^{at}");
                    break;
            }
        }

        presented[index] = [.. changed];
        return original with { Presented = presented, Note = $"certificate {index}: {string.Join(' ', notes)}" };
    }
}
