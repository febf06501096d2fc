namespace Noah.Prediction.Trees;

/// <summary>What a member is expected to bring.</summary>
/// <param name="Probability">Of an amount above 0, calibrated and in terms of the population, in [0, 1].</param>
/// <param name="Amount">Mean amount if there is one, in the currency of training, ≥ 0.</param>
public readonly record struct TwoStagePrediction(float Probability, float Amount)
{
    /// <summary>Mean amount, in the currency of training: probability times amount.</summary>
    public float Mean => Probability * Amount;
}
