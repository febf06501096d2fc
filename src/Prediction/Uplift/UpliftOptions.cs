namespace Noah.Prediction.Uplift;

/// <summary>How an uplift model is fitted.</summary>
public sealed record UpliftOptions
{
    /// <summary>How effects are learnt. Default doubly robust.</summary>
    public UpliftLearner Learner { get; init; } = UpliftLearner.DoublyRobust;

    /// <summary>What it is built from. Default boosted trees.</summary>
    public IBaseLearner Base { get; init; } = new TreeBaseLearner();

    /// <summary>
    /// Parts for cross-fitting (Chernozhukov et al. 2018): outcome models and propensities that enter a row's doubly robust score have not
    /// seen the row. Default 5. 2 to 20. The T- and X-learner impute across arms and need none.
    /// </summary>
    public int Folds { get; init; } = 5;

    /// <summary>Estimated propensities are kept this far from 0 and 1. Default 0.02. In (0, 0.5).</summary>
    public double PropensityClip { get; init; } = 0.02;

    /// <summary>Seed of every random choice. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    internal void Validate()
    {
        Require(Enum.IsDefined(Learner), nameof(Learner), "a known learner");
        Require(Base is not null, nameof(Base), "not null");
        Require(Folds is >= 2 and <= 20, nameof(Folds), "in [2, 20]");
        Require(PropensityClip is > 0 and < 0.5, nameof(PropensityClip), "in (0, 0.5)");
    }

    private static void Require(bool condition, string option, string allowed)
    {
        if (!condition)
        {
            throw new ArgumentException($"{option} must be {allowed}.", option);
        }
    }
}
