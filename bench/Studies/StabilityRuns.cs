using Noah.Bench.Instances;
using Noah.Prediction.Diagnostics;
using Noah.Prediction.Response;
using Noah.Prediction.Training;

namespace Noah.Bench.Studies;

/// <summary>The trainings of <see cref="StabilityStudy"/>: hot, ordinary, and on from a trained optimum.</summary>
internal static class StabilityRuns
{
    private const double Tenfold = 10;
    private static readonly double[] HotRates = [10, 20, 40, 80, 160];

    /// <summary>A multilayer network under plain descent, with nothing that hides what the rate does.</summary>
    public static ResponseOptions Plain(int seed, int[] hidden) => new()
    {
        Seed = (ulong)seed,
        Hidden = hidden,
        CrossLayers = 0,
        Optimizer = OptimizerKind.Sgd,
        Momentum = 0,
        WeightDecay = 0,
        EffectDecay = 0,
        MaxGradientNorm = null,
        PlateauFactor = 1,
        Stability = null,
        Device = ComputeDevice.Cpu,
    };

    /// <summary>Descent at rates that a person who has only trained by Adam could try; half of the runs with momentum.</summary>
    public static (bool AlarmedInTime, bool Lost, bool Recovered) Hot(int seed, int index)
    {
        const int Rows = 2_000, HeldOut = 1_000;
        var task = NoisyTask.Draw(seed, Rows + HeldOut, 24, 0.1);
        var options = Plain(seed, [64, 32]) with
        {
            LearningRate = HotRates[index % HotRates.Length],
            Momentum = index / HotRates.Length % 2 == 0 ? 0 : 0.9,
            BatchSize = 64,
            MaxEpochs = 12,
        };
        var trial = OptimizerTrial.Create(task.Features, task.Actions, task.Labels, [.. Enumerable.Range(Rows, HeldOut)], options);
        var watching = trial.Run(options with { Stability = new() { React = false } });
        var first = Math.Log(2);
        var lostAt = watching.Curve.FirstOrDefault(point => point.TrainingLoss > Tenfold * first)?.Epoch
            ?? (watching.Diverged ? watching.Curve.Count + 1 : int.MaxValue);
        var alarmAt = watching.Readings.FirstOrDefault(reading => reading.IsAlarm)?.Epoch ?? int.MaxValue;
        var reacting = trial.Run(options with { Stability = new() });
        return (
            lostAt < int.MaxValue && alarmAt < lostAt,
            lostAt < int.MaxValue,
            !reacting.Diverged && reacting.Curve[^1].TrainingLoss < first);
    }

    /// <summary>
    /// Adam at rates far above its own, whose bounded steps give bad losses and hardly ever no number: whether a mean loss of an epoch rose
    /// a tenth above a coin's, and an alarm came by then.
    /// </summary>
    public static (bool Alarmed, bool Rose) HotAdam(int seed, int index)
    {
        var task = NoisyTask.Draw(seed, 3_000, 24, 0.1);
        var options = Plain(seed, [64, 32]) with
        {
            Optimizer = OptimizerKind.Adam,
            LearningRate = new[] { 0.1, 0.2, 0.5, 1 }[index % 4],
            BatchSize = 64,
            MaxEpochs = 12,
            Stability = new() { React = false },
        };
        var trial = OptimizerTrial.Create(task.Features, task.Actions, task.Labels, [.. Enumerable.Range(2_000, 1_000)], options);
        var result = trial.Run(options);
        var roseAt = result.Curve.FirstOrDefault(point => point.TrainingLoss > 1.1 * Math.Log(2))?.Epoch ?? int.MaxValue;
        return (result.Readings.Any(reading => reading.IsAlarm && reading.Epoch <= roseAt), roseAt < int.MaxValue);
    }

    /// <summary>Alarms of momentum descent at rates that suit it.</summary>
    public static int OrdinaryDescent(int seed, int index)
    {
        var task = NoisyTask.Draw(seed, 3_000, 24, 0.1);
        var options = Plain(seed, [64, 32]) with
        {
            LearningRate = new[] { 0.01, 0.03 }[index % 2],
            Momentum = 0.9,
            BatchSize = 64,
            MaxEpochs = 20,
            Stability = new() { React = false },
        };
        var trial = OptimizerTrial.Create(task.Features, task.Actions, task.Labels, [.. Enumerable.Range(2_000, 1_000)], options);
        return trial.Run(options).Readings.Count(reading => reading.IsAlarm);
    }

    /// <summary>Alarms of a response model as it comes, on one of four kinds of data and at one of three rates.</summary>
    public static int Ordinary(int seed, int index)
    {
        var options = new ResponseOptions
        {
            Seed = (ulong)seed,
            Folds = 2,
            LearningRate = new[] { 0.002, 0.005, 0.01 }[index % 3],
            Device = ComputeDevice.Cpu,
        };
        ResponseModel Train(NoisyTask task) => ResponseModel.Train(task.Features, task.Actions, task.Labels, options);
        ResponseModel TrainOn(ClickStream stream) => ResponseModel.Train(stream.Features, stream.Actions, stream.Labels, options);
        var model = (index % 4) switch
        {
            0 => Train(NoisyTask.Draw(seed, 2_000, 24, 0.1)),
            1 => Train(NoisyTask.Draw(seed, 500, 10, 0)),
            2 => TrainOn(ClickStream.Draw(seed, 4_000)),
            _ => TrainOn(ClickStream.Draw(seed, 30_000)),
        };
        return model.Training.Stability.Count(reading => reading.IsAlarm);
    }
}
