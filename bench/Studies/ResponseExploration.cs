using Noah.Bench.Instances;
using Noah.Prediction.Exploration;

namespace Noah.Bench.Studies;

/// <summary>
/// A bandit of 30 mails whose answers hang on 9 numbers of the member, each mail in its own way: regret of Thompson draws from the Laplace
/// posterior against the greedy choice and chance at several rates, on the same members and the same luck. Posteriors are updated every 300
/// members, as a nightly job would.
/// </summary>
internal static class ResponseExploration
{
    private const int Arms = 30, Width = 9, Update = 300;

    // Fixed before the run: the default of the posterior's draws.
    private const double Scale = 0.2;

    public static StudyResult Run(int rounds, int seeds)
    {
        double[] epsilons = [0.02, 0.05, 0.1];
        double greedy = 0, thompson = 0;
        var chance = new double[epsilons.Length];
        for (var seed = 1; seed <= seeds; seed++)
        {
            greedy += Regret(rounds, seed, 0, 0) / seeds;
            thompson += Regret(rounds, seed, 0, Scale) / seeds;
            for (var e = 0; e < epsilons.Length; e++)
            {
                chance[e] += Regret(rounds, seed, epsilons[e], 0) / seeds;
            }
        }
        return new StudyResult(
            [
                new Figure("regret of Thompson sampling", thompson, "answers"),
                new Figure("regret of the greedy choice", greedy, "answers"),
                .. epsilons.Index().Select(epsilon => new Figure($"regret with {epsilon.Item:P0} chance", chance[epsilon.Index], "answers")),
            ],
            [
                Target.AtMost("regret over the greedy choice's", thompson / greedy, 0.4),
                Target.AtMost("regret over the best chance's", thompson / chance.Min(), 0.85),
            ]);
    }

    private static double Regret(int rounds, int seed, double epsilon, double scale)
    {
        var world = new CounterRandom((ulong)seed, CounterRandom.Stream.Rule, 0);
        var truth = new double[Arms][];
        for (var arm = 0; arm < Arms; arm++)
        {
            truth[arm] = new double[Width];
            for (var i = 0; i < Width; i++)
            {
                truth[arm][i] = (i == 0 ? -2 : 0) + (i == 0 ? 0.7 : 0.4) * world.Normal();
            }
        }
        var inputs = Enumerable.Range(0, Arms).Select(_ => new List<float>()).ToArray();
        var labels = Enumerable.Range(0, Arms).Select(_ => new List<float>()).ToArray();
        var posteriors = inputs.Select(_ => LaplacePosterior.Fit([], Width, [])).ToArray();
        double regret = 0;
        var member = new float[Width];
        for (var round = 0; round < rounds; round++)
        {
            var random = new CounterRandom((ulong)seed, CounterRandom.Stream.Member, round);
            member[0] = 1;
            for (var i = 1; i < Width; i++)
            {
                member[i] = (float)random.Normal();
            }
            double luck = random.Uniform(), chance = random.Uniform();
            var any = random.Index(Arms);
            var chosen = chance < epsilon ? any : Best(arm => posteriors[arm].Sample(member, (ulong)(round * Arms + arm + seed), scale: scale)[0]);
            double Probability(int arm) => 1 / (1 + Math.Exp(-truth[arm].Zip(member, (weight, x) => weight * x).Sum()));
            regret += Enumerable.Range(0, Arms).Max(Probability) - Probability(chosen);
            inputs[chosen].AddRange(member);
            labels[chosen].Add(luck < Probability(chosen) ? 1f : 0f);
            if ((round + 1) % Update == 0)
            {
                posteriors = [.. inputs.Zip(labels, (x, y) => LaplacePosterior.Fit([.. x], Width, [.. y]))];
            }
        }
        return regret;
    }

    private static int Best(Func<int, double> score) => Enumerable.Range(0, Arms).MaxBy(score);
}
