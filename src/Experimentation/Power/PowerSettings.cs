namespace Noah.Experimentation.Power;

/// <summary>What a sample size rests on besides the metric.</summary>
public sealed record PowerSettings
{
    /// <summary>Two-sided error in (0, 1); default 0.05. With m comparisons of equal rank give α/m.</summary>
    public double Alpha { get; init; } = 0.05;

    /// <summary>Probability of finding the effect, in (0, 1); default 0.8.</summary>
    public double Power { get; init; } = 0.8;

    /// <summary>Share of units in the treatment arm, in (0, 1); default a half.</summary>
    public double TreatmentShare { get; init; } = 0.5;

    /// <summary>
    /// R² of the covariates that the analysis adjusts for, in [0, 1); default 0. Applies to means, rates and ratios, not to ranks. Take it from the
    /// metric's own history: on rare amounts it is often below 0.01.
    /// </summary>
    public double CovariateR2 { get; init; }

    /// <summary>Mean number of measured units per randomised cluster (members of an account), at least 1; default 1.</summary>
    public double ClusterSize { get; init; } = 1;

    /// <summary>Correlation of units within a cluster, in [0, 1]; default 0.</summary>
    public double IntraClusterCorrelation { get; init; }

    /// <summary>Coefficient of variation of the cluster sizes, at least 0; default 0.</summary>
    public double ClusterSizeVariation { get; init; }

    /// <summary>1 + ((1 + cv²) m − 1) ρ (Eldridge, Ashby and Kerry 2006): how many units one independent unit is worth.</summary>
    internal double DesignEffect =>
        1 + ((((1 + (ClusterSizeVariation * ClusterSizeVariation)) * ClusterSize) - 1) * IntraClusterCorrelation);
}
