using Noah.Bench.Instances;

namespace Noah.Bench.Studies;

/// <summary>
/// By how much the networks rank better than two other scores, on resamples of the customers. Each resample takes one of the networks at
/// random, so that the intervals hold the chance of training as well.
/// </summary>
internal sealed class LtvBootstrap
{
    private readonly MeanInterval _gini, _spearman;

    public LtvBootstrap(float[][] networks, float[] model, float[] pastSpend, float[] spent, int resamples, int seed)
    {
        ResampledRanking[] ofNetworks = [.. networks.Select(scores => new ResampledRanking(scores, spent))];
        ResampledRanking ofModel = new(model, spent), ofPastSpend = new(pastSpend, spent);
        double[] gini = new double[resamples], spearman = new double[resamples];
        double[] giniModel = new double[resamples], giniPast = new double[resamples], spearmanModel = new double[resamples];
        var random = new Random(seed);
        var counts = new int[spent.Length];
        for (var i = 0; i < resamples; i++)
        {
            Array.Clear(counts);
            for (var draw = 0; draw < spent.Length; draw++)
            {
                counts[random.Next(spent.Length)]++;
            }

            var network = ofNetworks[random.Next(ofNetworks.Length)];
            (gini[i], spearman[i]) = (network.NormalisedGini(counts), network.Spearman(counts));
            giniModel[i] = gini[i] - ofModel.NormalisedGini(counts);
            giniPast[i] = gini[i] - ofPastSpend.NormalisedGini(counts);
            spearmanModel[i] = spearman[i] - ofModel.Spearman(counts);
        }

        (_gini, _spearman) = (Percentiles(gini), Percentiles(spearman));
        (GiniOverModel, GiniOverPastSpend, SpearmanOverModel) = (Percentiles(giniModel), Percentiles(giniPast), Percentiles(spearmanModel));
    }

    public MeanInterval GiniOverModel { get; }

    public MeanInterval GiniOverPastSpend { get; }

    public MeanInterval SpearmanOverModel { get; }

    public IEnumerable<Figure> Figures() =>
    [
        .. Ends("normalisedGini", _gini),
        .. Ends("spearman", _spearman),
        .. GiniOverModel.Figures("Gini over BG/NBD × gamma-gamma", "share"),
        .. GiniOverPastSpend.Figures("Gini over past spend", "share"),
        .. SpearmanOverModel.Figures("Spearman over BG/NBD × gamma-gamma", "Spearman"),
    ];

    private static IEnumerable<Figure> Ends(string name, MeanInterval interval) =>
        [new Figure($"{name}, lower end", interval.Lower, "share"), new Figure($"{name}, upper end", interval.Upper, "share")];

    /// <summary>The 95 % percentile interval.</summary>
    private static MeanInterval Percentiles(double[] values)
    {
        Array.Sort(values);
        return new MeanInterval(values.Average(), values[(int)(0.025 * (values.Length - 1))], values[(int)Math.Ceiling(0.975 * (values.Length - 1))]);
    }
}
