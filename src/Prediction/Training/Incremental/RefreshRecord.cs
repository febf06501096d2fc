namespace Noah.Prediction.Training.Incremental;

/// <summary>One refresh in a model's history.</summary>
public sealed record RefreshRecord
{
    /// <summary>How it was done.</summary>
    public required RefreshOptions Options { get; init; }

    /// <summary>Rows given.</summary>
    public required int Rows { get; init; }

    /// <summary>Rows under each action, [actions].</summary>
    public required IReadOnlyList<int> RowsPerAction { get; init; }

    /// <summary>SHA-256, in lower-case hex, of features, actions and labels.</summary>
    public required string DataDigest { get; init; }

    /// <summary>
    /// Mean loss of the new rows before it, in the unit of <see cref="TrainingProgress"/>; null where nothing could be learnt.
    /// </summary>
    public required double? LossBefore { get; init; }

    /// <summary>The same after it, of each row by the network that has not seen it.</summary>
    public required double? LossAfter { get; init; }
}
