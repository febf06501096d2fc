using Noah.Prediction.Training;

namespace Noah.Prediction.Value;

/// <summary>Options of <see cref="ValueModel"/>: those of every network.</summary>
public sealed record ValueOptions : TrainingOptions;
