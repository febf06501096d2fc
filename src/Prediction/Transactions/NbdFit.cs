namespace Noah.Prediction.Transactions;

/// <summary>Outcome of <see cref="NbdModel.Fit"/>.</summary>
public sealed record NbdFit
{
    /// <summary>How it ended; only <see cref="EstimationStatus.Estimated"/> comes with a model.</summary>
    public required EstimationStatus Status { get; init; }

    /// <summary>The model at the maximum; null unless estimated.</summary>
    public required NbdModel? Model { get; init; }

    /// <summary>
    /// Standard errors of r and α from the inverse Hessian of the log-parameters by the delta method, in the parameters' own units; null
    /// unless estimated.
    /// </summary>
    public required NbdModel? StandardErrors { get; init; }

    /// <summary>Log likelihood at the maximum, comparable to that of <see cref="BgNbdFit"/>; null unless estimated.</summary>
    public required double? LogLikelihood { get; init; }

    /// <summary>Newton steps; 0 where nothing was fitted.</summary>
    public required int Iterations { get; init; }
}
