namespace Noah.Prediction.Training;

/// <summary>How a model came about.</summary>
public sealed record TrainingReport
{
    /// <summary>The seed of split, starting weights and order of batches; equal seed, data and device give equal weights.</summary>
    public required ulong Seed { get; init; }

    /// <summary>"cpu" or "cuda".</summary>
    public required string Device { get; init; }

    /// <summary>Rows the weights were fitted on.</summary>
    public required int TrainingRows { get; init; }

    /// <summary>Rows kept for early stopping and calibration.</summary>
    public required int ValidationRows { get; init; }

    /// <summary>Training and validation rows under each action, [actions]. A prediction under an action with 0 rows equals that under none.</summary>
    public required IReadOnlyList<int> RowsPerAction { get; init; }

    /// <summary>SHA-256, in lower-case hex, of features, actions and labels.</summary>
    public required string DataDigest { get; init; }

    /// <summary>The epoch whose weights were kept, from 1; 0 where the starting weights were never beaten.</summary>
    public required int BestEpoch { get; init; }

    /// <summary>Why training ended.</summary>
    public required StopReason Stopped { get; init; }

    /// <summary>One point per epoch.</summary>
    public required IReadOnlyList<TrainingProgress> Curve { get; init; }
}
