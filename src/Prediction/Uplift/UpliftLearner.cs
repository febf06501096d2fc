namespace Noah.Prediction.Uplift;

/// <summary>How differences between members in the effect of an action are learnt.</summary>
public enum UpliftLearner
{
    /// <summary>One outcome model for each arm; the effect is their difference (Künzel et al. 2019, T-learner).</summary>
    T,

    /// <summary>
    /// Effects imputed in each arm by the other arm's outcome model, one effect model for each, weighted by the propensity (Künzel et al.
    /// 2019, X-learner): for arms of very unequal size.
    /// </summary>
    X,

    /// <summary>
    /// One effect model on cross-fitted doubly robust scores (Kennedy 2023, DR-learner): right where either the propensities or the outcome
    /// models are, and the effect can be simpler than the outcomes.
    /// </summary>
    DoublyRobust,
}
