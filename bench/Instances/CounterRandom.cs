namespace Noah.Bench.Instances;

/// <summary>
/// A stream of its own for every (seed, stream, counter), so that an instance is drawn in parallel and comes out the same whatever the number
/// of threads: xoshiro256++ seeded by SplitMix64.
/// </summary>
internal struct CounterRandom
{
    private ulong _a;
    private ulong _b;
    private ulong _c;
    private ulong _d;
    private double _spare;
    private bool _hasSpare;

    public CounterRandom(ulong seed, Stream stream, long counter)
    {
        var state = Mix(seed + 0x9E3779B97F4A7C15UL) ^ Mix(((ulong)stream << 56) ^ (ulong)counter);
        _a = Mix(state += 0x9E3779B97F4A7C15UL);
        _b = Mix(state += 0x9E3779B97F4A7C15UL);
        _c = Mix(state += 0x9E3779B97F4A7C15UL);
        _d = Mix(state + 0x9E3779B97F4A7C15UL);
        (_spare, _hasSpare) = (0, false);
    }

    /// <summary>What the numbers are for; streams share none.</summary>
    public enum Stream
    {
        Campaign = 1,
        Member,
        Rule,
        MovedEdge,
        MovedRule,
        Source,
        Destination,
        Task,
        Clicks,
        Curvature,
        Drift,
        Peek,
        Trigger,
        Experiment,
    }

    /// <summary>Uniform in [0, 1).</summary>
    public double Uniform() => (Next() >> 11) * (1.0 / (1UL << 53));

    public double Uniform(double least, double most) => least + (most - least) * Uniform();

    /// <summary>Uniform in [0, count).</summary>
    public int Index(int count) => (int)Math.BigMul(Next(), (ulong)count, out _);

    public double Normal()
    {
        if (_hasSpare)
        {
            _hasSpare = false;
            return _spare;
        }

        var radius = Math.Sqrt(-2 * Math.Log(1 - Uniform()));
        var (sine, cosine) = Math.SinCos(2 * Math.PI * Uniform());
        (_spare, _hasSpare) = (radius * sine, true);
        return radius * cosine;
    }

    public double LogNormal(double mean, double sigma) => Math.Exp(mean + sigma * Normal());

    /// <summary>Poisson by products of uniforms, in pieces small enough that e^−mean does not vanish.</summary>
    public int Poisson(double mean)
    {
        const double Piece = 30;
        var count = 0;
        for (var left = mean; left > 0; left -= Piece)
        {
            var floor = Math.Exp(-Math.Min(left, Piece));
            for (var product = Uniform(); product > floor; product *= Uniform())
            {
                count++;
            }
        }

        return count;
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    private ulong Next()
    {
        var result = ulong.RotateLeft(_a + _d, 23) + _a;
        var t = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= t;
        _d = ulong.RotateLeft(_d, 45);
        return result;
    }
}
