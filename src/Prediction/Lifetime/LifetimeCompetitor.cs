using Noah.Prediction.Evaluation;

namespace Noah.Prediction.Lifetime;

/// <summary>A way to predict lifetime value.</summary>
public enum LifetimeMethod
{
    /// <summary>BG/NBD with gamma-gamma: days and amounts of purchases alone.</summary>
    Transactions,

    /// <summary>The value network on purchases and all other features.</summary>
    Network,
}

/// <summary>How well one way did on customers that it has not seen, over the longest known horizon.</summary>
/// <param name="Method">The way.</param>
/// <param name="Metrics">Ranking and deciles.</param>
/// <param name="DecileError">Σ over deciles of |predicted − actual| / Σ actual, ≥ 0; null where nobody brought anything.</param>
public sealed record LifetimeCompetitor(LifetimeMethod Method, ValueMetrics Metrics, double? DecileError)
{
    internal static LifetimeCompetitor Judge(LifetimeMethod method, float[] means, float[] positives, float[] amounts)
    {
        var metrics = ValueMetrics.Compute(means, positives, amounts);
        double actual = metrics.Deciles.Sum(decile => decile.Rows * decile.MeanActual);
        double missed = metrics.Deciles.Sum(decile => decile.Rows * Math.Abs(decile.MeanPredicted - decile.MeanActual));
        return new LifetimeCompetitor(method, metrics, actual > 0 ? missed / actual : null);
    }
}
