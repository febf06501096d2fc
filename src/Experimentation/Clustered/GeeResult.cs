namespace Noah.Experimentation.Clustered;

/// <summary>Result of <see cref="GeneralizedEstimatingEquations"/>.</summary>
/// <param name="Status">Whether coefficients are there.</param>
/// <param name="Coefficients">Intercept first, then one a covariate; empty unless computed.</param>
/// <param name="Covariance">[coefficients × coefficients] sandwich covariance; empty unless computed.</param>
/// <param name="Correlations">
/// Estimated working correlation: none, one of exchangeable and autoregressive, the pairs (1,2), (1,3), (2,3), (1,4) … of positions of unstructured.
/// </param>
/// <param name="Scale">Dispersion φ: sum of squared Pearson residuals over rows minus coefficients.</param>
/// <param name="Clusters">Number of clusters.</param>
/// <param name="Iterations">Iterations used.</param>
public sealed record GeeResult(
    GeeStatus Status,
    IReadOnlyList<GeeCoefficient> Coefficients,
    double[,] Covariance,
    IReadOnlyList<double> Correlations,
    double Scale,
    int Clusters,
    int Iterations);
