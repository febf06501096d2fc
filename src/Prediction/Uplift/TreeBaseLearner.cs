using Noah.Prediction.Features;
using Noah.Prediction.Trees;

namespace Noah.Prediction.Uplift;

/// <summary>Boosted trees as base learner.</summary>
public sealed record TreeBaseLearner : IBaseLearner
{
    /// <summary>Trees of outcomes and propensities; loss and seed are set by the fit. Default that of <see cref="TreeOptions"/>.</summary>
    public TreeOptions Outcome { get; init; } = new();

    /// <summary>
    /// Trees of effects; loss and seed are set by the fit. Default depth 2, leaves of 200 rows, 100 rounds without early stopping: the noise of
    /// imputed effects is many times their differences, so that a validation part would stop by chance.
    /// </summary>
    public TreeOptions Effect { get; init; } = new()
    {
        MaxRounds = 100,
        MaxDepth = 2,
        MaxLeaves = 4,
        MinLeafRows = 200,
        RowShare = 0.5,
        ValidationShare = 0,
    };

    /// <summary>Fits boosted trees: logistic loss for probabilities, squared error otherwise.</summary>
    /// <inheritdoc/>
    public IFittedLearner Fit(FeatureTable features, float[] targets, BaseTask task, ulong seed, CancellationToken cancellation)
    {
        var loss = task == BaseTask.Probability ? TreeLoss.Logistic : TreeLoss.Squared;
        var options = (task == BaseTask.Effect ? Effect : Outcome) with { Loss = loss, Seed = seed };
        var fit = BoostedTrees.Train(features, targets, null, options, null, cancellation);
        return fit.Model is { } model
            ? FittedPart.Of(model)
            : throw new ArgumentException("A base learner needs at least one row.", nameof(features));
    }
}
