using Noah.Prediction.Evaluation;

namespace Noah.Prediction.Surrogates;

/// <summary>Outcome of <see cref="SurrogateValidation.Judge"/>.</summary>
public sealed record SurrogateReport
{
    /// <summary>The verdict.</summary>
    public required SurrogateStatus Status { get; init; }

    /// <summary>Past experiments given.</summary>
    public required int Experiments { get; init; }

    /// <summary>
    /// Correlation of true effects on proxy and outcome, with what the errors of measurement add and take away removed; null with too few
    /// experiments, or where the lifts differ by no more than their errors do.
    /// </summary>
    public EstimatedInterval? Correlation { get; init; }

    /// <summary>Correlation of the measured lifts, for comparison: errors that both share raise it, others lower it. Null with too few.</summary>
    public double? RawCorrelation { get; init; }

    /// <summary>Share of experiments whose measured lifts have the same sign, in [0, 1]; null with too few.</summary>
    public double? SignAgreement { get; init; }

    /// <summary>Predicted over actual total of the matured members; null where they brought nothing.</summary>
    public EstimatedInterval? Level { get; init; }

    /// <summary>Slope of the deciles' actual means on their predicted ones, 1 where differences come true as predicted; null where predictions are alike.</summary>
    public EstimatedInterval? Slope { get; init; }

    /// <summary>Ten groups of matured members by rising prediction.</summary>
    public required IReadOnlyList<ValueDecile> Deciles { get; init; }
}
