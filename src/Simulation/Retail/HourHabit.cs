using System.Runtime.CompilerServices;
using Noah.Simulation.Draws;

namespace Noah.Simulation.Retail;

/// <summary>How a member's attention is spread over the local day: one peak, quiet nights, mean 1 over the 24 hours.</summary>
internal readonly record struct HourHabit
{
    public const int Hours = 24;

    private static readonly double[] Peaks = [7.5, 12.5, 20.5];
    private static readonly double[] PeakShares = [0.25, 0.25, 0.5];

    private readonly double _peakHour;
    private readonly double _concentration;
    private readonly double _scale;

    private HourHabit(double peakHour, double concentration)
    {
        _peakHour = peakHour;
        _concentration = concentration;
        _scale = 1;
        var total = 0.0;
        for (var hour = 0; hour < Hours; hour++)
        {
            total += Weight(hour);
        }

        _scale = Hours / total;
    }

    public static HourHabit Draw(ref RandomStream draws)
    {
        var peak = Peaks[draws.NextWeighted(PeakShares)] + draws.NextNormal();
        return new HourHabit(peak, 0.5 + 1.5 * draws.NextUniform());
    }

    /// <summary>Attention at a local hour relative to the day's mean.</summary>
    public double Factor(int localHour) => _scale * Weight(localHour);

    /// <summary>Writes the weight of each local hour, for many draws by <see cref="RandomStream.NextWeighted"/>.</summary>
    public void Weigh(Span<double> weights)
    {
        for (var hour = 0; hour < Hours; hour++)
        {
            weights[hour] = Weight(hour);
        }
    }

    public int DrawHour(ref RandomStream draws)
    {
        Span<double> weights = stackalloc double[Hours];
        Weigh(weights);
        return draws.NextWeighted(weights);
    }

    // Inlined behind a stackalloc, whose zeroing leaves the upper halves of vector registers in use, each call of the C library's exp and
    // cos took 200 ns instead of 20 on an Intel processor: they are compiled without AVX encodings.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private double Weight(int hour)
    {
        var shape = 0.3 + Math.Exp(_concentration * Math.Cos(2 * Math.PI * (hour + 0.5 - _peakHour) / Hours));
        return hour is < 6 ? 0.15 * shape : shape;
    }
}
