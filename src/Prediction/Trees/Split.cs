namespace Noah.Prediction.Trees;

/// <summary>A way to divide a leaf.</summary>
internal sealed record Split(int Feature, double Gain, BinSet GoesLeft);
