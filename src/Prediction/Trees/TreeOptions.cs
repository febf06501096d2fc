namespace Noah.Prediction.Trees;

/// <summary>
/// How trees are boosted. The defaults suit thousands to millions of rows of noisy marketing data: small steps, shallow trees.
/// </summary>
public sealed record TreeOptions
{
    /// <summary>What is minimised. Default logistic.</summary>
    public TreeLoss Loss { get; init; } = TreeLoss.Logistic;

    /// <summary>Power of the Tweedie variance, read with that loss only. Default 1.5. In (1, 2).</summary>
    public double TweediePower { get; init; } = 1.5;

    /// <summary>Limit of trees. Default 300. 1 to 100,000.</summary>
    public int MaxRounds { get; init; } = 300;

    /// <summary>Factor on every tree's values (shrinkage, Friedman 2001, section 5). Default 0.05. In (0, 1].</summary>
    public double LearningRate { get; init; } = 0.05;

    /// <summary>Leaves of a tree; the leaf of the largest gain is split next (Ke et al. 2017). Default 15. 2 to 4,096.</summary>
    public int MaxLeaves { get; init; } = 15;

    /// <summary>Splits between root and leaf. Default 5. 1 to 64.</summary>
    public int MaxDepth { get; init; } = 5;

    /// <summary>Rows that a leaf must hold. Default 20. At least 1.</summary>
    public int MinLeafRows { get; init; } = 20;

    /// <summary>Sum of second derivatives that a leaf must hold (min child weight). Default 1e-3. At least 0.</summary>
    public double MinLeafHessian { get; init; } = 1e-3;

    /// <summary>Penalty ½·l2·v² on a leaf's value (Chen and Guestrin 2016, equation 2). Default 1. At least 0.</summary>
    public double L2 { get; init; } = 1;

    /// <summary>
    /// More of it for splits on names, and what is added to a name's second derivatives when names are ordered: names are many, and the
    /// rarest would otherwise stand first and last by chance. Default 10 (LightGBM's cat_l2 and cat_smooth). At least 0.
    /// </summary>
    public double NameSmoothing { get; init; } = 10;

    /// <summary>
    /// Times the gain that names without effect are expected to show, which splits on names must make up for first. Default 1; 0 takes the
    /// gains as they are (LightGBM). On the KDD Cup 1998 extract, 54 clusters without much effect cost 0.013 AUC at 0. At least 0.
    /// </summary>
    public double NameChance { get; init; } = 1;

    /// <summary>Gain that a split must exceed (γ of Chen and Guestrin 2016, equation 7). Default 0. At least 0.</summary>
    public double MinSplitGain { get; init; }

    /// <summary>Share of the rows, drawn without replacement, that a tree sees (Friedman 2002). Default 1. In (0, 1].</summary>
    public double RowShare { get; init; } = 1;

    /// <summary>Share of the features that a tree sees, at least one. Default 1. In (0, 1].</summary>
    public double ColumnShare { get; init; } = 1;

    /// <summary>Bins of a feature, the one for missing included. Default 255. 3 to 255.</summary>
    public int MaxBins { get; init; } = 255;

    /// <summary>A name seen in fewer training rows shares a bin with the unseen. Default 10. At least 1.</summary>
    public int MinNameCount { get; init; } = 10;

    /// <summary>Share of the rows, drawn at random, that stops training early; 0 for none. Default 0.15. In [0, 0.5].</summary>
    public double ValidationShare { get; init; } = 0.15;

    /// <summary>Rounds without a better validation loss before training stops. Default 25. At least 1.</summary>
    public int Patience { get; init; } = 25;

    /// <summary>Seed of the validation part and of the samples. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Features handled at a time; the result does not depend on it. Default 1. 1 to 1,024.</summary>
    public int Threads { get; init; } = 1;

    internal void Validate()
    {
        Require(Enum.IsDefined(Loss), nameof(Loss), "a known loss");
        Require(TweediePower is > 1 and < 2, nameof(TweediePower), "in (1, 2)");
        Require(MaxRounds is >= 1 and <= 100_000, nameof(MaxRounds), "in [1, 100000]");
        Require(LearningRate is > 0 and <= 1, nameof(LearningRate), "in (0, 1]");
        Require(MaxLeaves is >= 2 and <= 4096, nameof(MaxLeaves), "in [2, 4096]");
        Require(MaxDepth is >= 1 and <= 64, nameof(MaxDepth), "in [1, 64]");
        Require(MinLeafRows >= 1, nameof(MinLeafRows), "at least 1");
        Require(MinLeafHessian >= 0 && double.IsFinite(MinLeafHessian), nameof(MinLeafHessian), "finite and at least 0");
        Require(L2 >= 0 && double.IsFinite(L2), nameof(L2), "finite and at least 0");
        Require(NameSmoothing >= 0 && double.IsFinite(NameSmoothing), nameof(NameSmoothing), "finite and at least 0");
        Require(NameChance >= 0 && double.IsFinite(NameChance), nameof(NameChance), "finite and at least 0");
        Require(MinSplitGain >= 0 && double.IsFinite(MinSplitGain), nameof(MinSplitGain), "finite and at least 0");
        Require(RowShare is > 0 and <= 1, nameof(RowShare), "in (0, 1]");
        Require(ColumnShare is > 0 and <= 1, nameof(ColumnShare), "in (0, 1]");
        Require(MaxBins is >= 3 and <= 255, nameof(MaxBins), "in [3, 255]");
        Require(MinNameCount >= 1, nameof(MinNameCount), "at least 1");
        Require(ValidationShare is >= 0 and <= 0.5, nameof(ValidationShare), "in [0, 0.5]");
        Require(Patience >= 1, nameof(Patience), "at least 1");
        Require(Threads is >= 1 and <= 1024, nameof(Threads), "in [1, 1024]");
    }

    private static void Require(bool condition, string option, string allowed)
    {
        if (!condition)
        {
            throw new ArgumentException($"{option} must be {allowed}.", option);
        }
    }
}
