namespace Noah.Prediction.Surrogates;

/// <summary>Correlation of the true effects behind measured lifts.</summary>
internal static class LiftCorrelation
{
    public static EstimatedInterval? Of(IReadOnlyList<ExperimentLift> lifts, SurrogateOptions options)
    {
        if (Corrected(lifts) is not { } value)
        {
            return null;
        }
        var random = new Random(unchecked((int)(options.Seed ^ (options.Seed >> 32))));
        var (resample, found) = (new ExperimentLift[lifts.Count], new List<double>());
        for (int i = 0; i < options.Resamples; i++)
        {
            for (int draw = 0; draw < resample.Length; draw++)
            {
                resample[draw] = lifts[random.Next(lifts.Count)];
            }
            // A resample whose lifts differ by less than their errors says nothing of a relation.
            found.Add(Corrected(resample) ?? 0);
        }
        return EstimatedInterval.Of(value, found);
    }

    /// <summary>
    /// Covariance of true effects = covariance of measured lifts − mean covariance of their errors (method of moments). Null where a variance
    /// left is not above 0. Noise can take the ratio beyond 1, where it is cut.
    /// </summary>
    private static double? Corrected(IReadOnlyList<ExperimentLift> lifts)
    {
        var (proxy, truth, both) = Moments(lifts);
        proxy -= lifts.Average(lift => lift.ProxyError * lift.ProxyError);
        truth -= lifts.Average(lift => lift.TrueError * lift.TrueError);
        both -= lifts.Average(lift => lift.ErrorCorrelation * lift.ProxyError * lift.TrueError);
        return proxy > 0 && truth > 0 ? Math.Clamp(both / Math.Sqrt(proxy * truth), -1, 1) : null;
    }

    public static double? Raw(IReadOnlyList<ExperimentLift> lifts)
    {
        var (proxy, truth, both) = Moments(lifts);
        return proxy > 0 && truth > 0 ? both / Math.Sqrt(proxy * truth) : null;
    }

    private static (double Proxy, double Truth, double Both) Moments(IReadOnlyList<ExperimentLift> lifts)
    {
        double meanProxy = lifts.Average(lift => lift.Proxy), meanTrue = lifts.Average(lift => lift.True), n = lifts.Count - 1;
        return (
            lifts.Sum(lift => (lift.Proxy - meanProxy) * (lift.Proxy - meanProxy)) / n,
            lifts.Sum(lift => (lift.True - meanTrue) * (lift.True - meanTrue)) / n,
            lifts.Sum(lift => (lift.Proxy - meanProxy) * (lift.True - meanTrue)) / n);
    }
}
