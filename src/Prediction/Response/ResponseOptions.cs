using Noah.Prediction.Training;

namespace Noah.Prediction.Response;

/// <summary>Options of <see cref="ResponseModel"/>.</summary>
public sealed record ResponseOptions : TrainingOptions
{
    /// <summary>
    /// Names of the outcomes that one network predicts together, as visit and conversion. Default one, "response". Unique.
    /// </summary>
    public IReadOnlyList<string> Outcomes { get; init; } = ["response"];

    /// <summary>
    /// Categorical features, as channel and device, whose values each get a calibration curve of their own inside the network (LiRank's isotonic
    /// layer, arXiv 2402.06859); empty: one curve for all. Default null: no layer, calibration after training alone.
    /// </summary>
    public IReadOnlyList<string>? CalibrationFeatures { get; init; }

    /// <summary>
    /// Networks fitted, one for each of the first folds. Default null: one for every fold. With 1, one network learns from all rows but one
    /// fold, which stops and calibrates it: enough for millions of rows. 1 to <see cref="TrainingOptions.Folds"/>.
    /// </summary>
    public int? Networks { get; init; }

    internal override int NetworkCount => Networks ?? Folds;

    internal override IReadOnlyList<string>? CurveFeatures => CalibrationFeatures;

    internal void ValidateAll()
    {
        Validate();
        Require(Networks is null || (Networks >= 1 && Networks <= Folds), nameof(Networks), "null or 1 to Folds");
        if (CalibrationFeatures is { Count: > 0 })
        {
            RequireNames(CalibrationFeatures, nameof(CalibrationFeatures));
        }
        RequireNames(Outcomes, nameof(Outcomes));
    }
}
