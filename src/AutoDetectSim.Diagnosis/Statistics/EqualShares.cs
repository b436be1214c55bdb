namespace AutoDetectSim.Diagnosis.Statistics;

/// <summary>
/// How many different nodes a number of independent probes meets when every node takes the same share of them
/// (the coupon collector's problem). Computed step by step from the exact transition probabilities: all terms are positive,
/// so that nothing cancels.
/// </summary>
internal sealed class EqualShares
{
    /// <summary>Probabilities below this are dropped; a run of a million probes loses less than a hundred-billionth by it.</summary>
    private const double Negligible = 1e-17;

    private readonly int _nodes;
    private readonly double[] _met;
    private int _low;
    private int _high;

    /// <summary>Starts with no probe made.</summary>
    public EqualShares(int nodes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(nodes, 1);
        _nodes = nodes;
        _met = new double[nodes + 1];
        _met[0] = 1;
    }

    /// <summary>Probes made so far.</summary>
    public int Probes { get; private set; }

    /// <summary>The probability that every node has been met.</summary>
    public double AllMet => _met[_nodes];

    /// <summary>The probability that at most <paramref name="count"/> different nodes have been met.</summary>
    public double AtMost(int count)
    {
        var sum = 0.0;
        for (var met = _low; met <= Math.Min(count, _high); met++)
        {
            sum += _met[met];
        }

        return Math.Min(1, sum);
    }

    /// <summary>Makes one more probe.</summary>
    public void Probe()
    {
        Probes++;
        var high = Math.Min(_high + 1, _nodes);
        for (var met = high; met >= _low; met--)
        {
            var stays = _met[met] * met / _nodes;
            var comes = met > _low ? _met[met - 1] * (_nodes - met + 1) / _nodes : 0;
            _met[met] = stays + comes;
        }

        _high = high;
        while (_low < _high && _met[_low] < Negligible)
        {
            _met[_low++] = 0;
        }
    }
}
