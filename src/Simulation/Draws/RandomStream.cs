namespace Noah.Simulation.Draws;

/// <summary>
/// One stream of draws for one (seed, purpose, index, occasion). Streams are keyed, not shared: adding customers or asking in another
/// order changes nothing for those already there.
/// </summary>
/// <remarks>SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, OOPSLA 2014).</remarks>
internal struct RandomStream
{
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;

    private ulong _state;

    public RandomStream(ulong seed, StreamPurpose purpose, int index, ulong occasion = 0)
    {
        var key = Mix(seed + GoldenGamma);
        key = Mix(key ^ ((ulong)purpose + 1) * GoldenGamma);
        key = Mix(key ^ ((ulong)index + 1) * GoldenGamma);
        _state = Mix(key ^ (occasion + 1) * GoldenGamma);
    }

    /// <summary>Uniform in [0, 1) with 53 random bits.</summary>
    public double NextUniform() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    public bool NextBernoulli(double probability) => NextUniform() < probability;

    public int NextIndex(int count) => (int)(NextUniform() * count);

    /// <summary>Standard normal (Box and Muller 1958); the second value is dropped so that the stream has no hidden state.</summary>
    public double NextNormal()
    {
        var radius = Math.Sqrt(-2 * Math.Log(1 - NextUniform()));
        return radius * Math.Cos(2 * Math.PI * NextUniform());
    }

    public double NextExponential(double mean) => -mean * Math.Log(1 - NextUniform());

    /// <summary>Poisson by multiplication of uniforms (Knuth), for the small means used here.</summary>
    public int NextPoisson(double mean)
    {
        var limit = Math.Exp(-mean);
        var count = 0;
        for (var product = NextUniform(); product > limit; product *= NextUniform())
        {
            count++;
        }

        return count;
    }

    /// <summary>Index into <paramref name="weights"/>, which need not sum to one.</summary>
    public int NextWeighted(ReadOnlySpan<double> weights)
    {
        var total = 0.0;
        foreach (var weight in weights)
        {
            total += weight;
        }

        var target = NextUniform() * total;
        for (var index = 0; index < weights.Length - 1; index++)
        {
            target -= weights[index];
            if (target < 0)
            {
                return index;
            }
        }
        return weights.Length - 1;
    }

    private ulong NextBits()
    {
        _state += GoldenGamma;
        return Mix(_state);
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
