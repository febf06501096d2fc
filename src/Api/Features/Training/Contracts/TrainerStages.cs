using System.Diagnostics;
using Noah.Prediction.Training;

namespace Noah.Api.Features.Training.Contracts;

/// <summary>Names and times the stages of a training and passes on how far each is.</summary>
internal sealed class TrainerStages(Action<TrainerMessage> tell)
{
    private readonly Dictionary<string, double> _seconds = new(StringComparer.Ordinal);

    public string Current { get; private set; } = "starting";

    public IReadOnlyDictionary<string, double> Seconds => _seconds;

    public T Run<T>(string stage, Func<StageProgress, T> work)
    {
        Current = stage;
        tell(new TrainerMessage(stage));
        var started = Stopwatch.GetTimestamp();
        var result = work(new StageProgress(stage, tell));
        _seconds[stage] = Math.Round(Stopwatch.GetElapsedTime(started).TotalSeconds, 2);
        return result;
    }
}

/// <summary>Tells how far a stage is.</summary>
internal sealed class StageProgress(string stage, Action<TrainerMessage> tell) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value) => Report(((value.Fold - 1L) * value.MaxEpochs) + value.Epoch, (long)value.Folds * value.MaxEpochs, "epochs");

    public void Report(long completed, long total, string unit) => tell(new TrainerMessage(stage, completed, total, unit));
}
