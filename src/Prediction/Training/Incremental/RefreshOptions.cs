namespace Noah.Prediction.Training.Incremental;

/// <summary>
/// How a trained model goes on with new rows (LiRank's incremental training, arXiv 2402.06859). With w₀ the weights of the first training and w₁
/// those before the refresh, H₀ and H₁ their curvatures, it starts at α w₀ + (1 − α) w₁ and lowers
/// loss + λ/2 [α (w − w₀)ᵀ H₀ (w − w₀) + (1 − α) (w − w₁)ᵀ H₁ (w − w₁)], with a smaller λ on rows of embedding tables.
/// </summary>
public sealed record RefreshOptions
{
    /// <summary>α: the pull to the first training against the pull to the last refresh. Default 0.1. In [0, 1].</summary>
    public double BaseShare { get; init; } = 0.1;

    /// <summary>
    /// λ: what the rows behind the model weigh, in numbers of increments. 0 is a plain warm start, which forgets. Default 100: more than rows alone
    /// would say, because a diagonal leaves out how weights move together. In [0, 1,000].
    /// </summary>
    public double Penalty { get; init; } = 100;

    /// <summary>
    /// The share of λ that holds rows of embedding tables. Default 0.1, about what rows alone would say: a row moves with few other weights, and with
    /// all of λ names would be learnt late. In [0, 1].
    /// </summary>
    public double TableShare { get; init; } = 0.1;

    /// <summary>Passes over the new rows. Default 2. 1 to 100.</summary>
    public int Epochs { get; init; } = 2;

    /// <summary>Rate of Adam. Null, the default: the first rate of the model's training, 0.005 where that was not by Adam. In (0, 1].</summary>
    public double? LearningRate { get; init; }

    /// <summary>Rows per step. Null, the default: the model's. At least 1.</summary>
    public int? BatchSize { get; init; }

    /// <summary>Seed of every random choice. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    internal void Validate()
    {
        Require(BaseShare is >= 0 and <= 1, nameof(BaseShare), "in [0, 1]");
        Require(Penalty is >= 0 and <= 1000, nameof(Penalty), "in [0, 1000]");
        Require(TableShare is >= 0 and <= 1, nameof(TableShare), "in [0, 1]");
        Require(Epochs is >= 1 and <= 100, nameof(Epochs), "in [1, 100]");
        Require(LearningRate is null or (> 0 and <= 1), nameof(LearningRate), "null or in (0, 1]");
        Require(BatchSize is null or >= 1, nameof(BatchSize), "null or at least 1");
    }

    private static void Require(bool condition, string option, string allowed)
    {
        if (!condition)
        {
            throw new ArgumentException($"{option} must be {allowed}.", option);
        }
    }
}
