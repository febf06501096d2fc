namespace Noah.Prediction.Trees;

/// <summary>How <see cref="TwoStageTrees"/> are fitted. The defaults were set for thousands of rows with a weak signal.</summary>
public sealed record TwoStageOptions
{
    /// <summary>
    /// Share of positive amounts in the population, where the training rows were sampled by outcome; null where they were not. In (0, 1).
    /// Default null.
    /// </summary>
    public double? PopulationRate { get; init; }

    /// <summary>Parts that rows are split into; each model is stopped and calibrated on the part it has not seen. Default 5. 2 to 20.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>Times that the split is drawn anew; predictions average folds × repeats models. Default 2. 1 to 100.</summary>
    public int Repeats { get; init; } = 2;

    /// <summary>Seed of every random choice. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Trees of P(amount &gt; 0). Loss, validation share and seed are set by the fit. Default shallow, on samples.</summary>
    public TreeOptions Response { get; init; } = new() { MaxDepth = 3, MaxLeaves = 8, RowShare = 0.7, ColumnShare = 0.5, LearningRate = 0.05 };

    /// <summary>
    /// Trees of E[amount | amount &gt; 0]. Validation share and seed are set by the fit. Default the same with the Gamma loss, whose mean
    /// needs no smearing and which does not let the largest gifts lead.
    /// </summary>
    public TreeOptions Amount { get; init; } = new()
    {
        Loss = TreeLoss.Gamma,
        MaxDepth = 3,
        MaxLeaves = 8,
        RowShare = 0.7,
        ColumnShare = 0.5,
        LearningRate = 0.05,
    };

    internal void Validate()
    {
        Require(PopulationRate is null or (> 0 and < 1), nameof(PopulationRate), "in (0, 1) or null");
        Require(Folds is >= 2 and <= 20, nameof(Folds), "in [2, 20]");
        Require(Repeats is >= 1 and <= 100, nameof(Repeats), "in [1, 100]");
        Require(Response is not null, nameof(Response), "not null");
        Require(Amount is { Loss: not TreeLoss.Logistic }, nameof(Amount), "trees with another loss than logistic");
        Response!.Validate();
        Amount!.Validate();
    }

    private static void Require(bool condition, string option, string allowed)
    {
        if (!condition)
        {
            throw new ArgumentException($"{option} must be {allowed}.", option);
        }
    }
}
