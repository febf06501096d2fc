using Noah.Api.Features.Experiments.Contracts;
using Noah.Api.Features.Models.Contracts;
using Noah.Api.Features.Planning;
using Noah.Api.Features.Planning.Plans;
using Noah.Api.Features.Planning.Stages;
using Noah.Optimization.Duals;

namespace Noah.Api.Tests.Features.Planning;

/// <summary>Members whose true increment t is known, predicted as t plus an error of the same size: who picks the highest predictions picks errors.</summary>
public sealed class PlanCorrectionTests
{
    private const int Members = 4000;
    private const double Cost = 0.1;

    private static readonly MoneyText Money = new("USD");

    [Fact]
    public void Of_APlanThatPicksErrors_CoversWhatThePickedAreWorthWhereThePredictionDoesNot()
    {
        var (covered, predictedTooHigh) = (0, 0);
        for (var seed = 1; seed <= 10; seed++)
        {
            var (stages, truth) = Solve(seed, noise: 1);
            var totals = new PlanForecasts(stages, Money).Of(_ => true);
            var correction = PlanCorrection.Of(stages, totals, Money)!;
            Assert.Equal(PlanCorrection.Corrected, correction.Status);
            covered += (double)correction.IncrementalValue!.Lower.Amount <= truth && truth <= (double)correction.IncrementalValue.Upper.Amount ? 1 : 0;
            predictedTooHigh += totals.IncrementalValue.Expected.Amount > correction.IncrementalValue.Upper.Amount ? 1 : 0;
        }

        // Nine of ten or better is what a 95 % interval does in nine of ten such tests.
        Assert.InRange(covered, 8, 10);
        Assert.Equal(10, predictedTooHigh);
    }

    [Fact]
    public void Of_OutcomesThatVaryMuchMoreThanTheEffect_LeavesThePredictionAndSaysSo()
    {
        var (stages, _) = Solve(seed: 1, noise: 100);
        var correction = PlanCorrection.Of(stages, new PlanForecasts(stages, Money).Of(_ => true), Money)!;
        Assert.Equal(PlanCorrection.TooImprecise, correction.Status);
        Assert.True(correction.StandardError > 0.25);
    }

    [Fact]
    public void Of_ScoresWithoutHeldOutMembers_IsMissing()
    {
        var (stages, _) = Solve(seed: 1, noise: 1);
        var early = stages with { Scores = stages.Scores with { HeldOut = null } };
        Assert.Null(PlanCorrection.Of(early, new PlanForecasts(early, Money).Of(_ => true), Money));
    }

    /// <summary>Solves for 800 sends; the second figure is what they are truly worth after cost.</summary>
    private static (StageOutputs Stages, double Truth) Solve(int seed, double noise)
    {
        var draws = new Random(seed);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - draws.NextDouble())) * Math.Cos(2 * Math.PI * draws.NextDouble());
        double[] truth = [.. Enumerable.Range(0, Members).Select(_ => 0.5 + (0.5 * Normal()))];
        double[] predicted = [.. truth.Select(t => t + (0.5 * Normal()))];
        Guid[] ids = [.. Enumerable.Range(0, Members).Select(m => Guid.Parse($"01900000-0000-7000-8000-{m:x12}"))];
        int[] arms = [.. ids.Select(_ => draws.Next(2))];
        var data = new ExperimentData(
            Guid.Empty, "Past", ["none", "mail"], ids, arms, [.. ids.Select(_ => DateTimeOffset.UnixEpoch)], [.. ids.Select(_ => 0.5)],
            [new MetricData("spend", "continuous", "purchase", [.. truth.Select((t, m) => 3 + (arms[m] * t) + (noise * Normal()))])]);
        var scores = new ModelScores(
            Guid.Empty, 1, Guid.Empty, ["none", "mail"], new Dictionary<string, float[][]>(), [[.. ids.Select(_ => 3.0)], [.. predicted.Select(p => 3 + p)]],
            TimeSpan.FromDays(14), [], [.. ids.Select((_, m) => m % 2 == 0)]);

        PlanCampaign[] campaigns = [new(Guid.CreateVersion7(), "mail", "mail", "mail", (decimal)Cost, 1, default, default)];
        var counts = new EligibilityCounts(Members, Members, Members, Members, []);
        var eligible = new EligibilityOutput(campaigns, ids, [.. ids.Select(_ => 1u)], ["UTC"], new int[Members], counts, [counts]);
        var scored = new ScoresOutput(
            [.. predicted.Select(p => p - Cost)], predicted, [new CampaignEvidence("individual", 0.5, 0.4, 0.6)], [], 0, null,
            HeldOut: HeldOutSpend.Of(data, scores, campaigns, ids));
        var terms = new PlanningTerms([], Guid.Empty, 80, "USD", 1, TimeSpan.FromDays(14), 0, 0, null, [.. Enumerable.Repeat(true, 24)], (ulong)seed, [], null);
        var allocation = AllocationStage.Run(terms, eligible, scored, new DualSolver(), null, CancellationToken.None);
        return (
            new StageOutputs(eligible, scored, allocation, new ContentOutput([], [], []), new SendTimeOutput([], [], [], [])),
            allocation.Choices.Index().Where(choice => choice.Item == 0).Sum(choice => truth[choice.Index] - Cost));
    }
}
