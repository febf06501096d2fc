namespace Noah.Experimentation.OffPolicy;

/// <summary>What held-out randomised data say about predicted increments.</summary>
public enum UpliftVerdict
{
    /// <summary>Neither the average effect nor a useful ranking can be told from zero: do not target, randomise to learn.</summary>
    NoEvidenceOfEffect,

    /// <summary>There is an average effect (read its sign), but the predictions do not rank units by it: treat all or none.</summary>
    EffectButNoHeterogeneity,

    /// <summary>Units with higher predicted increments have higher increments: targeting by them is justified.</summary>
    HeterogeneityFound,
}
