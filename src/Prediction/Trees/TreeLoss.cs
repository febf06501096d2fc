namespace Noah.Prediction.Trees;

/// <summary>What boosted trees minimise, and with it what they predict.</summary>
public enum TreeLoss
{
    /// <summary>Log loss of labels in [0, 1]; predicts a probability.</summary>
    Logistic,

    /// <summary>Squared error of finite labels; predicts a mean.</summary>
    Squared,

    /// <summary>Gamma deviance of labels above 0, log link; predicts the mean of skewed amounts itself, so no smearing is needed.</summary>
    Gamma,

    /// <summary>Tweedie deviance of labels ≥ 0 with many zeros, log link (Jørgensen 1987); predicts a mean.</summary>
    Tweedie,
}
