namespace Noah.Prediction.Transactions;

/// <summary>Outcome of <see cref="BgNbdModel.Fit"/>.</summary>
public sealed record BgNbdFit
{
    /// <summary>
    /// How it ended; <see cref="EstimationStatus.Estimated"/>, <see cref="EstimationStatus.NoDropOut"/> and
    /// <see cref="EstimationStatus.AlikeDropOut"/> come with a model.
    /// </summary>
    public required EstimationStatus Status { get; init; }

    /// <summary>The model at the maximum, with a = 0 without drop-out, with b = <see cref="BgNbdModel.AlikeB"/> where it is alike; null unless there is one.</summary>
    public required BgNbdModel? Model { get; init; }

    /// <summary>
    /// Standard errors of r, α, a, b from the inverse Hessian of the log-parameters by the delta method, in the parameters' own units; null
    /// unless <see cref="EstimationStatus.Estimated"/>.
    /// </summary>
    public required BgNbdModel? StandardErrors { get; init; }

    /// <summary>
    /// The model without drop-out, with its standard errors, where the maximum is there; null for any other status than
    /// <see cref="EstimationStatus.NoDropOut"/>.
    /// </summary>
    public NbdFit? WithoutDropOut { get; init; }

    /// <summary>Log likelihood at the maximum; null unless there is one.</summary>
    public required double? LogLikelihood { get; init; }

    /// <summary>Customers given.</summary>
    public required int Customers { get; init; }

    /// <summary>Customers with a repeat purchase.</summary>
    public required int Repeaters { get; init; }

    /// <summary>Newton steps; 0 where nothing was fitted.</summary>
    public required int Iterations { get; init; }
}
