using Noah.Prediction.Evaluation;
using Noah.Prediction.Transactions;

namespace Noah.Prediction.Lifetime;

/// <summary>Chooses between the two ways by customers that neither has seen.</summary>
internal static class LifetimeJudge
{
    public static LifetimeFit Choose(
        BgNbdFit purchases, GammaGammaFit spend, LifetimeModel? transactions, LifetimeModel network, LifetimeTable judged, float[] amounts,
        LifetimeOptions options)
    {
        var (networkMeans, networkPositives) = network.Judge(judged);
        var ofNetwork = LifetimeCompetitor.Judge(LifetimeMethod.Network, networkMeans, networkPositives, amounts);
        float[] spent = [.. judged.Customers.Select(customer => (float)(customer.Frequency * customer.MeanAmount))];
        var fit = new LifetimeFit
        {
            Status = LifetimeStatus.Trained,
            Model = network,
            Reason = LifetimeReason.OnlyOne,
            Competitors = [ofNetwork],
            PastSpendGini = ValueMetrics.Compute(spent, new float[spent.Length], amounts).NormalizedGini,
            Purchases = purchases.Status,
            Spend = spend.Status,
        };
        if (transactions is null)
        {
            return fit;
        }
        var (means, positives) = transactions.Judge(judged);
        var ofTransactions = LifetimeCompetitor.Judge(LifetimeMethod.Transactions, means, positives, amounts);
        var (difference, lower, upper) = new GiniComparison(amounts).Compare(networkMeans, means, options.Resamples, options.Network.Seed);
        bool rankingDecides = lower > 0 || upper < 0;
        bool networkWins = rankingDecides ? lower > 0 : (ofNetwork.DecileError ?? 0) <= (ofTransactions.DecileError ?? 0);
        return fit with
        {
            Model = networkWins ? network : transactions,
            Reason = rankingDecides ? LifetimeReason.RanksBetter : LifetimeReason.CalibratedBetter,
            Competitors = [ofTransactions, ofNetwork],
            GiniDifference = difference,
            GiniDifferenceLower = lower,
            GiniDifferenceUpper = upper,
        };
    }
}
