namespace Noah.Experimentation.Clustered;

/// <summary>Choices of <see cref="GeneralizedEstimatingEquations"/>.</summary>
public sealed record GeeOptions
{
    /// <summary>Law of the outcome. Default Gaussian.</summary>
    public ResponseFamily Family { get; init; }

    /// <summary>Working correlation. Default exchangeable: members of an account are alike.</summary>
    public WorkingCorrelation Correlation { get; init; } = WorkingCorrelation.Exchangeable;

    /// <summary>
    /// Whether errors carry Mancl and DeRouen's correction (2001), which undoes that residuals are too small by the leverage of their cluster.
    /// Default true: with fewer than about 50 clusters the plain sandwich is too confident, with more both agree.
    /// </summary>
    public bool SmallSample { get; init; } = true;

    /// <summary>Confidence of the intervals in (0, 1); default 0.95.</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>Largest change of a linear predictor coefficient, relative to 1 + its size, at which iteration ends; above 0. Default 1e-11.</summary>
    public double Tolerance { get; init; } = 1e-11;

    /// <summary>Most iterations, at least 1; default 100.</summary>
    public int Iterations { get; init; } = 100;
}
