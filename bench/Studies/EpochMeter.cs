using Noah.Prediction.Training;
using TorchSharp;

namespace Noah.Bench.Studies;

/// <summary>
/// Processor time, resident memory and live tensors at the end of each epoch. All threads of the process count, the collector's and the
/// compiler's too, and an epoch holds its pass over the validation rows, so that a rate per processor second is a lower bound of one thread's.
/// </summary>
internal sealed class EpochMeter : IProgress<TrainingProgress>
{
    private readonly List<End> _ends = [];
    private readonly CancellationTokenSource? _stop;
    private readonly int _epochs;

    /// <param name="epochs">Epochs that are measured, at least 2.</param>
    /// <param name="stop">Cancelled after them; null: training ends by itself.</param>
    public EpochMeter(int epochs, CancellationTokenSource? stop = null) => (_epochs, _stop) = (epochs, stop);

    /// <summary>The lowest loss on the validation rows of an epoch.</summary>
    public double ValidationLoss => _ends.Min(end => end.ValidationLoss);

    /// <summary>From 1.</summary>
    public int BestEpoch => 1 + _ends.FindIndex(end => end.ValidationLoss == ValidationLoss);

    /// <summary>Resident memory after the last epoch over that after the second: the first one is still filling pools.</summary>
    public double Growth => (double)_ends[^1].Resident / _ends[1].Resident;

    public double ResidentMegabytes => _ends[^1].Resident / 1e6;

    /// <summary>Tensors alive after the last epoch over those after the first.</summary>
    public double TensorGrowth => (double)_ends[^1].Tensors / _ends[0].Tensors;

    public void Report(TrainingProgress value)
    {
        _ends.Add(new End(
            Environment.CpuUsage.TotalTime, Environment.TickCount64, Environment.WorkingSet, torch.Tensor.TotalCount, value.ValidationLoss));
        if (_ends.Count == _epochs)
        {
            _stop?.Cancel();
        }
    }

    /// <summary>Rows trained per processor second, over all epochs but the first, which compiles.</summary>
    public double RowsPerSecond(int trainingRows) =>
        (_ends.Count - 1) * (double)trainingRows / (_ends[^1].Processor - _ends[0].Processor).TotalSeconds;

    /// <summary>The same by the clock on the wall.</summary>
    public double RowsPerWallSecond(int trainingRows) => (_ends.Count - 1) * (double)trainingRows * 1000 / (_ends[^1].Milliseconds - _ends[0].Milliseconds);

    private sealed record End(TimeSpan Processor, long Milliseconds, long Resident, long Tensors, double ValidationLoss);
}
