namespace Noah.Bench.Instances;

/// <summary>Law of what a buyer spends.</summary>
/// <param name="Name">As in the tables.</param>
/// <param name="Mean">Expectation.</param>
/// <param name="Draw">One amount.</param>
internal sealed record AmountLaw(string Name, double Mean, AmountLaw.Source Draw)
{
    private const double LogMean = 3, LeastAmount = 20;

    private static readonly double[] Catalogue = [10, 20, 50];

    public delegate double Source(ref CounterRandom random);

    /// <summary>Lognormal 1, 2, 3; Pareto 1.5, 2, 3; counts of one and more; three catalogue prices.</summary>
    public static IReadOnlyList<AmountLaw> Grid { get; } =
        [LogNormal(1), LogNormal(2), LogNormal(3), Pareto(1.5), Pareto(2), Pareto(3), Counts, Prices];

    /// <summary>Poisson(1) without its zero.</summary>
    private static AmountLaw Counts => new("counts", 1 / (1 - Math.Exp(-1)), (ref CounterRandom random) =>
    {
        while (true)
        {
            var count = random.Poisson(1);
            if (count > 0)
            {
                return count;
            }
        }
    });

    private static AmountLaw Prices => new("three prices", Catalogue.Average(), (ref CounterRandom random) => Catalogue[random.Index(Catalogue.Length)]);

    public static AmountLaw LogNormal(double sigma) => new(
        $"lognormal {StudyText.Number(sigma)}", Math.Exp(LogMean + sigma * sigma / 2), (ref CounterRandom random) => random.LogNormal(LogMean, sigma));

    private static AmountLaw Pareto(double index) => new(
        $"Pareto {StudyText.Number(index)}", LeastAmount * index / (index - 1),
        (ref CounterRandom random) => LeastAmount * Math.Pow(1 - random.Uniform(), -1 / index));
}
