using Noah.Api.Features.Models;
using Noah.Api.Features.Models.Trainer;
using Noah.Prediction.Features;
using Noah.Prediction.Training;

namespace Noah.Api.Tests.Features.Models;

/// <summary>Amounts whose increments are known: 20 for everybody, or for some members only. The network in these tests sees no difference between members.</summary>
public sealed class UpliftChoiceTests
{
    private const int Rows = 6000;

    [Fact]
    public void DifferencesAlongALine_AreLeftToTheLinearLearner()
    {
        var choice = Choose(x => 20 + (15 * x));
        Assert.Equal((IncrementEvidence.Individual, UpliftLearners.Linear), (choice.Increment.Evidence, choice.Increment.Learner));
        Assert.InRange(choice.Increment.AppliedSlope, 0.8, 1);
    }

    [Fact]
    public void DifferencesThatNoLineDescribes_NeedTrees()
    {
        var choice = Choose(x => Math.Abs(x) > 0.7 ? 60 : 0);
        Assert.Equal((IncrementEvidence.Individual, UpliftLearners.Trees), (choice.Increment.Evidence, choice.Increment.Learner));
        var effects = choice.Model!.Predict(new FeatureTable([FeatureColumn.Numeric("x", [-1.5f, 0, 1.5f])]));
        Assert.True(effects[0] > 40 && effects[1] < 15 && effects[2] > 40, string.Join(", ", effects));
    }

    [Fact]
    public void TheSameIncrementForAll_IsAnAverage()
    {
        var choice = Choose(_ => 20);
        Assert.Equal(IncrementEvidence.Average, choice.Increment.Evidence);
        Assert.Equal(0, choice.Increment.AppliedSlope);
        Assert.InRange(20, choice.Increment.AverageLower, choice.Increment.AverageUpper);
        Assert.Equal(["linear", "trees", "network"], choice.Increment.Candidates!.Select(candidate => candidate.Learner));
        // Three intervals that hold together are wider than one: 2.394 instead of 1.960 standard errors.
        var linear = choice.Increment.Candidates![0];
        Assert.True(linear.SlopeUpper > linear.Slope && linear.SlopeLower < linear.Slope);
    }

    [Fact]
    public void NoIncrement_IsNone()
    {
        var choice = Choose(_ => 0);
        Assert.Equal(IncrementEvidence.None, choice.Increment.Evidence);
        Assert.Equal(0, IncrementEvidence.Calibrate(choice.Increment, 100));
    }

    private static UpliftChoice Choose(Func<double, double> increment)
    {
        var random = new Random(5);
        float[] x = [.. Enumerable.Range(0, Rows).Select(_ => (float)Normal(random))];
        int[] arms = [.. x.Select(_ => random.Next(2))];
        float[] spend = [.. x.Select((value, row) => (float)Math.Max(0, 100 + (10 * Normal(random)) + (arms[row] * increment(value))))];
        var job = new TrainerJob(
            new TrainerTerms([new TrainerArm("none", 1), new TrainerArm("mail", 1)], [], 7, 1, "spend"),
            new FeatureTable([FeatureColumn.Numeric("x", x)]),
            arms,
            [.. arms.Select(_ => 0.5)],
            [.. Enumerable.Range(0, Rows).Select(row => row % 2)],
            new Dictionary<string, float[]> { ["spend"] = spend });
        var network = Predictors.TrainValue(job.Select([.. Enumerable.Range(0, 200)]), new Silent(), 2)!;
        double[] same = [.. x.Select(_ => 100.0)];
        return UpliftChoice.Of(1, job, network, [same, same]);
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private sealed class Silent : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
        }
    }
}
