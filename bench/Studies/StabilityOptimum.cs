using Noah.Bench.Instances;
using Noah.Prediction.Diagnostics;
using Noah.Prediction.Response;

namespace Noah.Bench.Studies;

/// <summary>
/// A trained network, the curvature there, and what descent does from there on. Either <see cref="ByHeart"/>, on 0 and 1, which no finite weights
/// match; or <see cref="Matched"/>, on the network's own probabilities, which its weights match exactly: then, as the theory has it, no example
/// pulls at the optimum, and Gauss-Newton is the whole Hessian.
/// </summary>
internal sealed record StabilityOptimum(
    OptimizerTrial Trial, ResponseOptions Options, float[] Start, double Floor, double Excess, StabilityBounds Bounds)
{
    private const int Rows = 256, HeldOut = 64, BatchSize = 16;

    // Far below a network's own scale, where the loss is a square; far above what float losses round to.
    private const double FirstExcess = 1e-4;

    public static StabilityOptimum ByHeart(int seed)
    {
        var (trial, options, weights, task) = Train(seed);
        return new StabilityOptimum(
            trial, options, weights, 0, LossOf(trial.Probabilities(weights), task.Labels), trial.Probe(weights, Rows, BatchSize)!);
    }

    public static StabilityOptimum Matched(int seed)
    {
        var (hard, options, weights, task) = Train(seed);
        var labels = hard.Probabilities(weights);
        var trial = OptimizerTrial.Create(task.Features, task.Actions, labels, HeldOutRows, options);
        // Descent at the optimum itself stands still: it begins beside it.
        var random = new CounterRandom((ulong)seed, CounterRandom.Stream.Curvature, 1);
        double[] direction = [.. weights.Select(_ => random.Normal())];
        double floor = LossOf(labels, labels), length = 1e-3;
        float[] start = weights;
        for (var step = 0; step < 20; step++)
        {
            start = [.. weights.Zip(direction, (weight, along) => (float)(weight + (length * along)))];
            length *= Math.Sqrt(FirstExcess / (LossOf(trial.Probabilities(start), labels) - floor));
        }
        return new StabilityOptimum(
            trial, options, start, floor, LossOf(trial.Probabilities(start), labels) - floor, trial.Probe(weights, Rows, BatchSize)!);
    }

    /// <summary>Largest mean loss of an epoch, above what no weights could avoid, over that of the start; infinite where it was no number.</summary>
    public double Rise(double rate)
    {
        var result = Trial.Run(Options with { LearningRate = Math.Min(rate, 1_000) }, Start);
        return result.Diverged ? double.PositiveInfinity : (result.Curve.Max(point => point.TrainingLoss) - Floor) / Excess;
    }

    private static int[] HeldOutRows => [.. Enumerable.Range(Rows, HeldOut)];

    private static (OptimizerTrial Trial, ResponseOptions Options, float[] Weights, NoisyTask Task) Train(int seed)
    {
        var task = NoisyTask.Draw(seed, Rows + HeldOut, 10, 0);
        var options = StabilityRuns.Plain(seed, [32, 16]) with { BatchSize = BatchSize, MaxEpochs = 60, LearningRate = 0.05 };
        var trial = OptimizerTrial.Create(task.Features, task.Actions, task.Labels, HeldOutRows, options);
        return (trial, options, trial.Run(options with { MaxEpochs = 150 }).Weights, task);
    }

    private static double LossOf(float[] probabilities, float[] labels) => Enumerable.Range(0, Rows).Average(row =>
    {
        double p = Math.Clamp(probabilities[row], 1e-12, 1 - 1e-12), y = labels[row];
        return -(y * Math.Log(p)) - ((1 - y) * Math.Log(1 - p));
    });
}
