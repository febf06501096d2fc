namespace Noah.Experimentation.Clustered;

/// <summary>One cluster on the scale of Pearson residuals.</summary>
/// <param name="Scaled">[width][members]: A^½ X.</param>
/// <param name="Solved">[width][members]: R⁻¹ A^½ X.</param>
/// <param name="Residual">[members]: A^−½ (y − μ).</param>
internal sealed record GeeCluster(double[][] Scaled, double[][] Solved, double[] Residual);
