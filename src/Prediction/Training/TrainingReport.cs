using Noah.Prediction.Diagnostics;
using Noah.Prediction.Features;

namespace Noah.Prediction.Training;

/// <summary>How a model came about.</summary>
public sealed record TrainingReport
{
    /// <summary>The seed of split, starting weights and order of batches; equal seed, data and device give equal weights.</summary>
    public required ulong Seed { get; init; }

    /// <summary>"cpu" or "cuda".</summary>
    public required string Device { get; init; }

    /// <summary>Rows given.</summary>
    public required int Rows { get; init; }

    /// <summary>Rows under each action, [actions]. A prediction under an action with 0 rows equals that under none.</summary>
    public required IReadOnlyList<int> RowsPerAction { get; init; }

    /// <summary>SHA-256, in lower-case hex, of features, actions and labels.</summary>
    public required string DataDigest { get; init; }

    /// <summary>One entry per network; none where no outcome varies in the data, so that there was nothing to learn.</summary>
    public required IReadOnlyList<FoldReport> Folds { get; init; }

    /// <summary>One point per network and epoch.</summary>
    public required IReadOnlyList<TrainingProgress> Curve { get; init; }

    /// <summary>
    /// Readings of rate against curvature, by network and epoch; none where they were switched off. Alarms among them are warnings.
    /// </summary>
    public IReadOnlyList<StabilityReading> Stability { get; init; } = [];

    /// <summary>Columns that deserve a look: features in the order of the table, then outcomes.</summary>
    public IReadOnlyList<ColumnWarning> Warnings { get; init; } = [];
}
