namespace Noah.Prediction.Uplift;

/// <summary>What a base learner is asked to fit.</summary>
public enum BaseTask
{
    /// <summary>The probability of targets that are 0 or 1.</summary>
    Probability,

    /// <summary>The mean of real targets.</summary>
    Mean,

    /// <summary>The mean of imputed effects: much noise around differences that are small and simple.</summary>
    Effect,
}
