using Noah.Simulation.Retail;

namespace Noah.Bench.Studies;

/// <summary>
/// Is the built-in retailer cheap enough for every demo and test, and do its outcomes follow its truth? The peer is the least any generator
/// must do: as many draws by System.Random, without zones, habits, a truth or a history.
/// </summary>
internal sealed class SimulatedRetailer : IStudy
{
    private const int DrawsPerCustomer = 60;

    public string Name => "simulated-retailer";

    public string Claim => "A retailer with known truth costs at most 40 times the bare draws of System.Random, and its outcomes follow its truth.";

    public IReadOnlyList<StudyParameter> Parameters { get; } =
    [
        new("customers", 100_000, 1_000, 5_000_000, "Customers to generate."),
        new("seed", 1, 0, 1_000_000_000, "Seed of the world."),
        new("rounds", 5, 1, 50, "Alternating timed runs of each way."),
    ];

    public StudyResult Run(StudyParameters parameters)
    {
        var options = new RetailerOptions((ulong)parameters["seed"], parameters.Whole("customers"));
        RetailerWorld? world = null;
        var bytes = Measure.AllocatedBytes(() => world = RetailerWorld.Generate(options));
        var (generated, bare) = Measure.SideBySide(
            () => RetailerWorld.Generate(options), () => BareDraws(options.Customers, (int)parameters["seed"]), parameters.Whole("rounds"));

        var ratio = generated / bare;
        var worst = Enum.GetValues<CampaignArm>().Max(arm => Math.Abs(VisitError(world!, arm)));
        var bytesPerCustomer = bytes / (double)options.Customers;
        return new StudyResult(
            [
                new Figure("time / bare draws of System.Random", ratio, "ratio"),
                new Figure("customers per second", options.Customers / generated, "1/s"),
                new Figure("events per customer", world!.History.Count / (double)options.Customers, "events"),
                new Figure("bytes per customer", bytesPerCustomer, "B"),
                new Figure("largest error of an arm's visit rate", worst, "standard errors"),
            ],
            [
                Target.AtMost("time / bare draws of System.Random", ratio, 40),
                Target.AtMost("bytes per customer", bytesPerCustomer, 3_000),
                Target.AtMost("largest error of an arm's visit rate", worst, 4),
            ]);
    }

    private static double BareDraws(int customers, int seed)
    {
        var random = new Random(seed);
        var sum = 0.0;
        for (var draw = 0; draw < customers * DrawsPerCustomer; draw++)
        {
            sum += random.NextDouble();
        }

        return sum;
    }

    private static double VisitError(RetailerWorld world, CampaignArm arm)
    {
        double difference = 0, variance = 0;
        foreach (var row in world.Campaign.Where(row => row.Arm == arm))
        {
            var probability = world.Truth.VisitProbability(row.Member, arm);
            difference += (row.VisitedAt is null ? 0 : 1) - probability;
            variance += probability * (1 - probability);
        }
        return difference / Math.Sqrt(variance);
    }
}
