using Noah.Prediction.Features;

namespace Noah.Prediction.Trees;

/// <summary>How a model of boosted trees came about.</summary>
public sealed record TreeReport
{
    /// <summary>The seed of split and samples; equal seed, data and options give equal bits, whatever the threads.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Rows given, those of weight 0 included.</summary>
    public required int Rows { get; init; }

    /// <summary>SHA-256, in lower-case hex, of features, labels and weights.</summary>
    public required string DataDigest { get; init; }

    /// <summary>Trees grown, those after the best round included.</summary>
    public required int Rounds { get; init; }

    /// <summary>Trees kept: up to the best validation loss, or all without a validation part.</summary>
    public required int BestRound { get; init; }

    /// <summary>Weighted mean loss on the validation part at the best round; null without such a part.</summary>
    public required double? ValidationLoss { get; init; }

    /// <summary>Columns that deserve a look, features in the order of the table, then "label".</summary>
    public required IReadOnlyList<ColumnWarning> Warnings { get; init; }

    /// <summary>What each feature that was split on brought, the largest gain first.</summary>
    public required IReadOnlyList<FeatureGain> Gains { get; init; }
}
