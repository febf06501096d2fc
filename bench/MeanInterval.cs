using MathNet.Numerics.Distributions;
using Noah.Experimentation.Statistics;

namespace Noah.Bench;

/// <summary>A mean over independent draws with its 95 % interval by Student's t.</summary>
internal sealed record MeanInterval(double Mean, double Lower, double Upper)
{
    /// <param name="values">At least two draws; the interval of one is not known.</param>
    public static MeanInterval Of(IReadOnlyList<double> values)
    {
        var moments = Moments.Of([.. values]);
        var half = moments.StandardError is { } error ? error * StudentT.InvCDF(0, 1, values.Count - 1, 0.975) : double.NaN;
        return new MeanInterval(moments.Mean, moments.Mean - half, moments.Mean + half);
    }

    public IEnumerable<Figure> Figures(string name, string unit) =>
        [new Figure(name, Mean, unit), new Figure($"{name}, lower end", Lower, unit), new Figure($"{name}, upper end", Upper, unit)];
}
