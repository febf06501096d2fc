namespace Noah.Prediction.Transactions;

/// <summary>
/// Whether data speak for drop-out at all: the slope of BG/NBD's log likelihood by a at a = 0, where it is NBD. A customer without a repeat
/// purchase adds nothing; another adds −(ψ(b + x) − ψ(b)), the survivals that a would have cost, and
/// ((α + T) / (α + t_x))^(r + x) / (b + x − 1), the silence since t_x that it would explain. Where the slope is not above 0 for any b, the maximum
/// lies at the edge.
/// </summary>
internal static class DropOutScore
{
    // b from drop-out that few have and have at once, to one that all share.
    private const double LowestLogB = -6, HighestLogB = 15, LogStep = 0.25;

    /// <summary>Whether no b makes drop-out likelier than none.</summary>
    public static bool IsNowherePositive(IReadOnlyList<CustomerSummary> customers, NbdModel without)
    {
        // Summed by frequency: the explanation depends on b through its divisor alone.
        var byFrequency = customers.Where(c => c.Frequency > 0).GroupBy(c => c.Frequency).Select(group => (
            Frequency: group.Key, Count: group.Count(),
            Explained: group.Sum(c => Math.Exp((without.R + c.Frequency) * Math.Log((without.Alpha + c.Age) / (without.Alpha + c.Recency)))))).ToArray();
        for (double log = LowestLogB; log <= HighestLogB; log += LogStep)
        {
            double b = Math.Exp(log), digammaB = GammaFunctions.Digamma(b);
            if (byFrequency.Sum(x => (x.Explained / (b + x.Frequency - 1)) - (x.Count * (GammaFunctions.Digamma(b + x.Frequency) - digammaB))) > 0)
            {
                return false;
            }
        }
        return true;
    }
}
