using Noah.Prediction.Diagnostics;

namespace Noah.Prediction.Training;

/// <summary>All that training one network needs to go on from the end of an epoch, but for the order of rows, which the seed gives.</summary>
internal sealed record FoldState
{
    /// <summary>Epochs behind it.</summary>
    public required int Epoch { get; init; }

    /// <summary>Steps behind it.</summary>
    public required long Step { get; init; }

    /// <summary>(parameters).</summary>
    public required float[] Weights { get; init; }

    public required OptimizerState Optimizer { get; init; }

    /// <summary>(parameters), of the lowest validation loss.</summary>
    public required float[] Best { get; init; }

    public required double BestLoss { get; init; }

    public required int BestEpoch { get; init; }

    /// <summary>The rate of the next epoch.</summary>
    public required double Rate { get; init; }

    /// <summary>The lowest mean training loss of an epoch, and the loss of the start.</summary>
    public required double LowestLoss { get; init; }

    /// <summary>The loss of the untrained network.</summary>
    public required double StartLoss { get; init; }

    /// <summary>The epoch that patience counts from where it is later than the best: the last that went back to the one before.</summary>
    public int PatienceFrom { get; init; }

    /// <summary>Rows trained on since the last reading.</summary>
    public long RowsSinceReading { get; init; }

    public int Backoffs { get; init; }

    public IReadOnlyList<TrainingProgress> Curve { get; init; } = [];

    public IReadOnlyList<StabilityReading> Readings { get; init; } = [];

    /// <summary>Null while there are epochs to come.</summary>
    public StopReason? Stopped { get; init; }
}
