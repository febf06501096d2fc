namespace Noah.Prediction.Transactions;

/// <summary>Outcome of <see cref="GammaGammaModel.Fit"/>.</summary>
public sealed record GammaGammaFit
{
    /// <summary>How it ended; only <see cref="EstimationStatus.Estimated"/> comes with a model.</summary>
    public required EstimationStatus Status { get; init; }

    /// <summary>The model at the maximum; null unless estimated.</summary>
    public required GammaGammaModel? Model { get; init; }

    /// <summary>Standard errors of p, q, v from the inverse Hessian by the delta method, in their own units; null unless estimated.</summary>
    public required GammaGammaModel? StandardErrors { get; init; }

    /// <summary>Log likelihood at the maximum; null unless estimated.</summary>
    public required double? LogLikelihood { get; init; }

    /// <summary>Customers that took part: those with a repeat purchase and a mean amount above 0.</summary>
    public required int Repeaters { get; init; }

    /// <summary>Newton steps; 0 where nothing was fitted.</summary>
    public required int Iterations { get; init; }
}
