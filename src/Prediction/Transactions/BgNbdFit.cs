namespace Noah.Prediction.Transactions;

/// <summary>Outcome of <see cref="BgNbdModel.Fit"/>.</summary>
public sealed record BgNbdFit
{
    /// <summary>How it ended; only <see cref="EstimationStatus.Estimated"/> comes with a model.</summary>
    public required EstimationStatus Status { get; init; }

    /// <summary>The model at the maximum; null unless estimated.</summary>
    public required BgNbdModel? Model { get; init; }

    /// <summary>
    /// Standard errors of r, α, a, b from the inverse Hessian of the log-parameters by the delta method, in the parameters' own units; null
    /// unless estimated.
    /// </summary>
    public required BgNbdModel? StandardErrors { get; init; }

    /// <summary>Log likelihood at the maximum; null unless estimated.</summary>
    public required double? LogLikelihood { get; init; }

    /// <summary>Customers given.</summary>
    public required int Customers { get; init; }

    /// <summary>Customers with a repeat purchase.</summary>
    public required int Repeaters { get; init; }

    /// <summary>Newton steps; 0 where nothing was fitted.</summary>
    public required int Iterations { get; init; }
}
