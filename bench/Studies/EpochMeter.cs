using Noah.Prediction.Training;

namespace Noah.Bench.Studies;

/// <summary>
/// Processor time and resident memory at the end of each epoch. All threads of the process count, the collector's and the compiler's too, so
/// that a rate per processor second is a lower bound of one thread's; an epoch holds its pass over the validation rows.
/// </summary>
internal sealed class EpochMeter : IProgress<TrainingProgress>
{
    private readonly List<(TimeSpan Processor, long Resident)> _ends = [];
    private readonly CancellationTokenSource? _stop;
    private readonly int _epochs;

    /// <param name="epochs">Epochs that are measured.</param>
    /// <param name="stop">Cancelled after them; null: training ends by itself.</param>
    public EpochMeter(int epochs, CancellationTokenSource? stop = null) => (_epochs, _stop) = (epochs, stop);

    /// <summary>Loss on the validation rows after the last epoch, over that of constant predictions.</summary>
    public double ValidationLoss { get; private set; }

    /// <summary>Resident memory after the last epoch over that after the first.</summary>
    public double Growth => (double)_ends[^1].Resident / _ends[0].Resident;

    public double ResidentMegabytes => _ends[^1].Resident / 1e6;

    public void Report(TrainingProgress value)
    {
        _ends.Add((Environment.CpuUsage.TotalTime, Environment.WorkingSet));
        ValidationLoss = value.ValidationLoss;
        if (_ends.Count == _epochs)
        {
            _stop?.Cancel();
        }
    }

    /// <summary>Rows trained per processor second, over all epochs but the first, which compiles.</summary>
    public double RowsPerSecond(int trainingRows) =>
        (_ends.Count - 1) * (double)trainingRows / (_ends[^1].Processor - _ends[0].Processor).TotalSeconds;
}
