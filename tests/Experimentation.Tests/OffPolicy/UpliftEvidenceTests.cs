using Noah.Experimentation.OffPolicy;

namespace Noah.Experimentation.Tests.OffPolicy;

public sealed class UpliftEvidenceTests
{
    [Fact]
    public void AverageEffect_WithoutPredictions_IsTheDifferenceOfTheArmMeans()
    {
        var (data, treated, outcomes) = World(new Random(1), 400, 1, 0.5, withModel: false, propensity: 0.5);
        var expected = outcomes.Where((_, i) => treated[i]).Average() - outcomes.Where((_, i) => !treated[i]).Average();
        Assert.Equal(expected, UpliftEvidence.Assess(data).AverageEffect!.Value, 1e-10);
    }

    [Fact]
    public void Qini_EqualsTheAreaUnderTheCurveBuiltUnitByUnit()
    {
        // Without outcome model and with constant propensity the scores can be rebuilt from arm means.
        var (data, treated, outcomes) = World(new Random(2), 60, 1, 1, withModel: false, propensity: 0.5);
        var meanTreated = outcomes.Where((_, i) => treated[i]).Average();
        var meanControl = outcomes.Where((_, i) => !treated[i]).Average();
        var scores = outcomes.Select((y, i) => meanTreated - meanControl + (treated[i] ? (y - meanTreated) / 0.5 : -(y - meanControl) / 0.5)).ToArray();
        var predicted = data.PredictedIncrements.ToArray();
        var descending = Enumerable.Range(0, 60).OrderByDescending(i => predicted[i]).ToArray();

        // Trapezoids below the cumulated gain per unit of the population.
        double area = 0, gain = 0;
        foreach (var unit in descending)
        {
            var next = gain + (scores[unit] / 60);
            area += (gain + next) / 2 / 60;
            gain = next;
        }

        var report = UpliftEvidence.Assess(data);
        Assert.Equal(area, report.Auuc!.Value, 1e-10);
        Assert.Equal(area - (gain / 2), report.Qini!.Value, 1e-10);
    }

    [Fact]
    public void Qini_OfTiedPredictions_DoesNotDependOnTheOrderOfRows()
    {
        var (data, treated, outcomes) = World(new Random(3), 200, 1, 1, withModel: false, propensity: 0.5);
        var predicted = data.PredictedIncrements.ToArray().Select(v => Math.Round(v)).ToArray();
        var propensities = Enumerable.Repeat(0.5, 200).ToArray();
        var forward = UpliftEvidence.Assess(new(treated, propensities, outcomes, predicted));
        var backward = UpliftEvidence.Assess(new(
            treated.Reverse().ToArray(), propensities, outcomes.Reverse().ToArray(), predicted.Reverse().ToArray()));
        Assert.Equal(forward.Qini!.Value, backward.Qini!.Value, 1e-12);
        Assert.Equal(forward.Qini.StandardError, backward.Qini.StandardError, 1e-12);
    }

    [Fact]
    public void Verdict_FollowsTheWorld()
    {
        Assert.Equal(UpliftVerdict.HeterogeneityFound, Assess(4, effect: 1, heterogeneity: 1).Verdict);
        Assert.Equal(UpliftVerdict.EffectButNoHeterogeneity, Assess(5, effect: 1, heterogeneity: 0).Verdict);
        Assert.Equal(UpliftVerdict.NoEvidenceOfEffect, Assess(6, effect: 0, heterogeneity: 0).Verdict);

        static UpliftReport Assess(int seed, double effect, double heterogeneity) =>
            UpliftEvidence.Assess(World(new Random(seed), 4000, effect, heterogeneity, withModel: true, propensity: 0.4).Data);
    }

    [Fact]
    public void Groups_PartitionTheUnitsByAscendingPrediction()
    {
        var report = UpliftEvidence.Assess(World(new Random(7), 403, 1, 1, withModel: true, propensity: 0.4).Data, new() { Groups = 4 });
        Assert.Equal(403, report.Groups.Sum(group => group.Count));
        Assert.Equal(report.Groups.OrderBy(group => group.PredictedIncrement), report.Groups);
        Assert.Equal(report.AverageEffect!.Value, report.Groups.Sum(group => group.Effect * group.Count) / 403, 1e-10);
    }

    // Truth: tau = 1 + x with x standard normal, predicted exactly: slope 1, average 1, Qini = Cov(x, Phi(x)) = 1 / (2 sqrt(pi)).
    [Fact]
    public void Intervals_OverManySamples_CoverTheTruth()
    {
        const int runs = 600;
        var random = new Random(8);
        int effect = 0, slope = 0, qini = 0, auuc = 0;
        var truth = 1 / (2 * Math.Sqrt(Math.PI));
        for (var run = 0; run < runs; run++)
        {
            var report = UpliftEvidence.Assess(World(random, 800, 1, 1, withModel: true, propensity: 0.4).Data);
            effect += report.AverageEffect!.Interval.Contains(1) ? 1 : 0;
            slope += report.CalibrationSlope!.Interval.Contains(1) ? 1 : 0;
            qini += report.Qini!.Interval.Contains(truth) ? 1 : 0;
            auuc += report.Auuc!.Interval.Contains(truth + 0.5) ? 1 : 0;
        }

        Assert.All([effect, slope, qini, auuc], hits => Assert.InRange((double)hits / runs, 0.914, 0.985));
    }

    [Fact]
    public void Verdict_UnderNoEffect_SeldomFindsOne()
    {
        const int runs = 600;
        var random = new Random(9);
        var found = Enumerable.Range(0, runs)
            .Select(_ => UpliftEvidence.Assess(World(random, 600, 0, 0, withModel: false, propensity: 0.5).Data).Verdict)
            .ToArray();

        // 2.5 % for a positive slope and 5 % for an effect; four binomial deviations.
        Assert.InRange(found.Count(v => v == UpliftVerdict.HeterogeneityFound) / (double)runs, 0.002, 0.051);
        Assert.InRange(found.Count(v => v == UpliftVerdict.EffectButNoHeterogeneity) / (double)runs, 0.014, 0.086);
    }

    [Fact]
    public void Assess_OfConstantPredictions_StillGivesTheEffect()
    {
        var (data, treated, outcomes) = World(new Random(10), 400, 1, 0, withModel: false, propensity: 0.5);
        var constant = new RandomizedOutcomes(treated, data.Propensities, outcomes, new double[400]);
        var report = UpliftEvidence.Assess(constant);
        Assert.Equal(UpliftStatus.ConstantPredictions, report.Status);
        Assert.NotNull(report.AverageEffect);
        Assert.Null(report.CalibrationSlope);
        Assert.Empty(report.Groups);
    }

    [Fact]
    public void Assess_OfTooLittle_HasAStatusAndNoEvidence()
    {
        var data = World(new Random(11), 12, 1, 1, withModel: false, propensity: 0.5).Data;
        Assert.Equal((UpliftStatus.TooFewObservations, UpliftVerdict.NoEvidenceOfEffect), Both(UpliftEvidence.Assess(data)));
        var treated = Enumerable.Range(0, 40).Select(i => i % 2 == 0).ToArray();
        var flat = new RandomizedOutcomes(treated, Enumerable.Repeat(0.5, 40).ToArray(), new double[40], new double[40]);
        Assert.Equal((UpliftStatus.NoVariation, UpliftVerdict.NoEvidenceOfEffect), Both(UpliftEvidence.Assess(flat)));

        static (UpliftStatus, UpliftVerdict) Both(UpliftReport report) => (report.Status, report.Verdict);
    }

    [Fact]
    public void BadInput_IsNamed()
    {
        Assert.Throws<ArgumentException>(
            "propensities", () => new RandomizedOutcomes((bool[])[true], (double[])[1], (double[])[1], (double[])[1]));
        Assert.Throws<ArgumentException>(
            "outcomes", () => new RandomizedOutcomes((bool[])[true], (double[])[0.5], (double[])[], (double[])[1]));
        Assert.Throws<ArgumentException>(
            "predictedIncrements", () => new RandomizedOutcomes((bool[])[true], (double[])[0.5], (double[])[1], (double[])[double.NaN]));
    }

    private static (RandomizedOutcomes Data, bool[] Treated, double[] Outcomes) World(
        Random random, int count, double effect, double heterogeneity, bool withModel, double propensity)
    {
        var treated = new bool[count];
        double[] outcomes = new double[count], predicted = new double[count], control = new double[count];
        for (var i = 0; i < count; i++)
        {
            var x = Draw.Normal(random);
            treated[i] = random.NextDouble() < propensity;
            outcomes[i] = (0.5 * x) + (treated[i] ? effect + (heterogeneity * x) : 0) + Draw.Normal(random);
            predicted[i] = 1 + x;
            control[i] = 0.5 * x;
        }

        var data = new RandomizedOutcomes(
            treated, Enumerable.Repeat(propensity, count).ToArray(), outcomes, predicted, withModel ? control : default(ReadOnlyMemory<double>));
        return (data, treated, outcomes);
    }
}
