namespace Noah.Prediction.Transactions;

/// <summary>
/// The models at the edges of BG/NBD's parameters, for data whose likelihood has no maximum between them: nobody leaves (a = 0), or all leave alike
/// (a, b → ∞ at a ratio).
/// </summary>
internal static class BgNbdEdge
{
    // Half the 95 % point of χ² with two degrees of freedom: at an edge it is on the safe side.
    private const double SignificantGain = 3.0;
    private const double StartDropOut = 0.01;

    /// <param name="failed">What is returned where neither edge is as likely as what was found between them.</param>
    /// <param name="customers">Checked.</param>
    /// <param name="unit">Of time, of the search.</param>
    /// <param name="between">Where the search between the edges ended.</param>
    /// <param name="found">The log likelihood there.</param>
    /// <param name="without">The fit at a = 0.</param>
    public static BgNbdFit Fit(
        BgNbdFit failed, IReadOnlyList<CustomerSummary> customers, double unit, LogParameterOptimum between, double found, NbdFit without)
    {
        var (alike, model, likelihood) = Alike(customers, unit, between, found, without);
        double best = Math.Max(found, likelihood);
        if (without.LogLikelihood is { } none && Math.Max(best, none) - none <= SignificantGain)
        {
            return WithoutDropOut(failed, without);
        }
        return alike && best - likelihood <= SignificantGain
            ? failed with { Status = EstimationStatus.AlikeDropOut, Model = model, LogLikelihood = likelihood }
            : failed;
    }

    /// <summary>NBD as the model.</summary>
    public static BgNbdFit WithoutDropOut(BgNbdFit failed, NbdFit without) => failed with
    {
        Status = EstimationStatus.NoDropOut,
        Model = new BgNbdModel(without.Model!.R, without.Model.Alpha, 0, 1),
        WithoutDropOut = without,
        LogLikelihood = without.LogLikelihood,
    };

    private static (bool Converged, BgNbdModel Model, double LogLikelihood) Alike(
        IReadOnlyList<CustomerSummary> customers, double unit, LogParameterOptimum between, double found, NbdFit without)
    {
        double logB = Math.Log(BgNbdModel.AlikeB);
        double[] p = between.Parameters;
        // A search that ended below NBD was lost: it is taken up from there.
        double[] start = without.Model is { } nbd && found < without.LogLikelihood
            ? [Math.Log(nbd.R), Math.Log(nbd.Alpha / unit), Math.Log(StartDropOut) + logB]
            : [Math.Log(p[0]), Math.Log(p[1]), Math.Log(p[2] / p[3]) + logB];
        var likelihood = new BgNbdLikelihood(customers.Select(c => c with { Customer = 0, Recency = c.Recency / unit, Age = c.Age / unit, MeanAmount = 0 }));
        var optimum = LogParameterFit.Minimize(
            (at, gradient) =>
            {
                Span<double> whole = stackalloc double[4];
                double loss = likelihood.Loss([at[0], at[1], at[2], logB], whole);
                whole[..3].CopyTo(gradient);
                return loss;
            },
            start, customers.Count);
        double[] end = optimum.Parameters;
        return (
            optimum.Converged, new BgNbdModel(end[0], end[1] * unit, end[2], BgNbdModel.AlikeB),
            -optimum.Loss - Math.Log(unit) * customers.Sum(c => (double)c.Frequency));
    }
}
