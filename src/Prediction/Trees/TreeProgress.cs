namespace Noah.Prediction.Trees;

/// <summary>One finished round of boosting.</summary>
/// <param name="Round">From 1.</param>
/// <param name="MaxRounds">The limit; training often stops earlier.</param>
/// <param name="ValidationLoss">Weighted mean loss on the validation part after the round; null without such a part.</param>
public sealed record TreeProgress(int Round, int MaxRounds, double? ValidationLoss);
