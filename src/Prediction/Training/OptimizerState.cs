namespace Noah.Prediction.Training;

/// <summary>What an optimiser remembers between steps: their number, and its moments of the gradient, each (parameters).</summary>
internal sealed record OptimizerState(long Step, IReadOnlyList<float[]> Moments);
