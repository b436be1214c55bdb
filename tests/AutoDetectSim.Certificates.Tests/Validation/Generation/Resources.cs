namespace AutoDetectSim.Certificates.Tests.Validation.Generation;

/// <summary>RFC 3779 extensions, nested and not, canonical and not.</summary>
internal static class Resources
{
    public static void Apply(ChainPlan plan, CertificatePlan certificate)
    {
        if (plan.Chance(70))
        {
            certificate.Set(new("1.3.6.1.5.5.7.1.7", Addresses(plan), plan.Chance(50)));
        }

        if (plan.Chance(50))
        {
            certificate.Set(new("1.3.6.1.5.5.7.1.8", Numbers(plan), plan.Chance(50)));
        }
    }

    private static byte[] Addresses(ChainPlan plan)
    {
        var families = new List<byte[]>();
        if (plan.Chance(80))
        {
            families.Add(Der.Sequence(Der.OctetString(plan.Pick<byte[]>([0, 1], [0, 1], [0, 1, 1])), AddressChoice(plan, 4)));
        }

        if (plan.Chance(40))
        {
            families.Add(Der.Sequence(Der.OctetString(plan.Pick<byte[]>([0, 2], [0, 2], [0, 9])), AddressChoice(plan, 16)));
        }

        if (plan.Chance(10))
        {
            families.Reverse();
        }

        return Der.Sequence(families);
    }

    private static byte[] AddressChoice(ChainPlan plan, int size)
    {
        if (plan.Chance(20))
        {
            return Der.Null();
        }

        var entries = new List<byte[]>();
        var next = plan.Random.Next(20);
        for (var i = 0; i < plan.Random.Next(1, 4); i++)
        {
            if (plan.Chance(70))
            {
                entries.Add(Der.BitString([10, (byte)next]));
            }
            else
            {
                entries.Add(Der.Sequence(Der.BitString([10, (byte)next]), Der.BitString([10, (byte)(next + plan.Pick(0, 1, 2, -1))])));
            }

            next += plan.Pick(1, 3, 10, 0);
        }

        if (plan.Chance(20))
        {
            entries = [Der.BitString(plan.Pick<byte[]>([10], [0x0A, 0x00], new byte[size + 1]))];
        }

        return Der.Sequence(entries);
    }

    private static byte[] Numbers(ChainPlan plan) => Der.Sequence(
        plan.Chance(80) ? Der.Explicit(0, NumberChoice(plan)) : [],
        plan.Chance(20) ? Der.Explicit(1, NumberChoice(plan)) : []);

    private static byte[] NumberChoice(ChainPlan plan)
    {
        if (plan.Chance(20))
        {
            return Der.Null();
        }

        var entries = new List<byte[]>();
        var next = plan.Random.Next(1, 20);
        for (var i = 0; i < plan.Random.Next(1, 4); i++)
        {
            entries.Add(plan.Chance(60) ? Der.Integer(next) : Der.Sequence(Der.Integer(next), Der.Integer(next + plan.Pick(0, 5, 20, -3))));
            next += plan.Pick(2, 10, 30, 1);
        }

        return Der.Sequence(plan.Chance(15) ? [Der.Sequence(Der.Integer(0), Der.Integer(uint.MaxValue))] : entries);
    }
}
