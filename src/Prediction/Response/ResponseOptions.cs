using Noah.Prediction.Training;

namespace Noah.Prediction.Response;

/// <summary>Options of <see cref="ResponseModel"/>.</summary>
public sealed record ResponseOptions : TrainingOptions
{
    /// <summary>
    /// Names of the outcomes that one network predicts together, as visit and conversion. Default one, "response". Unique.
    /// </summary>
    public IReadOnlyList<string> Outcomes { get; init; } = ["response"];

    internal void ValidateAll()
    {
        Validate();
        RequireNames(Outcomes, nameof(Outcomes));
    }
}
