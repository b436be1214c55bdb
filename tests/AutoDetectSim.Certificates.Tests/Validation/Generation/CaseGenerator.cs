namespace AutoDetectSim.Certificates.Tests.Validation.Generation;

/// <summary>Makes chains of every kind from a seed. Case <c>n</c> of a seed is always of the same shape; only keys and dates differ from run to run.</summary>
internal sealed class CaseGenerator(int seed, DateTimeOffset now)
{
    private static readonly Action<ChainPlan>[] Shapes = [.. ChainClasses.All.Values];
    private static readonly string[] ShapeNames = [.. ChainClasses.All.Keys];

    public GeneratedCase Make(int number)
    {
        var random = new Random(unchecked((seed * 1_000_003) + number));
        var plan = new ChainPlan(random, now, random.Next(4));
        switch (number % 8)
        {
            case 0 or 1:
                return Shape(plan);
            case 2 or 3:
                Fault(plan, random.Next(1, 3));
                return plan.Build("fault");
            case 4:
                NameClasses.Host(plan);
                return plan.Build("host");
            case 5:
                NameClasses.Constraints(plan);
                return plan.Build("name constraints");
            case 6:
                Combine(plan);
                return plan.Build("combination");
            default:
                return Mutation.Change(plan, plan.Build("mutation"));
        }
    }

    private static GeneratedCase Shape(ChainPlan plan)
    {
        var index = plan.Random.Next(Shapes.Length);
        Shapes[index](plan);
        return plan.Build(ShapeNames[index]);
    }

    private static void Fault(ChainPlan plan, int count)
    {
        var all = plan.All.ToList();
        for (var i = 0; i < count; i++)
        {
            CertificateFaults.Apply(plan, plan.PickFrom(all), plan.PickFrom(CertificateFaults.Names));
        }
    }

    private static void Combine(ChainPlan plan)
    {
        Fault(plan, plan.Random.Next(1, 5));
        if (plan.Chance(30))
        {
            NameClasses.Constraints(plan);
        }

        for (var i = 0; i < plan.Random.Next(1, 4); i++)
        {
            Shapes[plan.Random.Next(Shapes.Length)](plan);
        }
    }
}
