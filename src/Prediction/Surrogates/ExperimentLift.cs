namespace Noah.Prediction.Surrogates;

/// <summary>One past experiment, in which both the proxy and the true outcome were measured on the same members.</summary>
/// <param name="Proxy">Difference of the arms' means of the proxy, such as predicted lifetime value.</param>
/// <param name="True">Difference of the arms' means of the true outcome.</param>
/// <param name="ProxyError">Standard error of the proxy's difference; above 0.</param>
/// <param name="TrueError">Standard error of the true difference; above 0.</param>
/// <param name="ErrorCorrelation">
/// Correlation of the two errors, in [−1, 1]: that of proxy and outcome within the arms. Both come from the same members, so that it is not 0.
/// </param>
public readonly record struct ExperimentLift(double Proxy, double True, double ProxyError, double TrueError, double ErrorCorrelation)
{
    /// <summary>The lift of an experiment with two arms, from its members.</summary>
    /// <param name="proxies">[members] proxy.</param>
    /// <param name="outcomes">[members] true outcome.</param>
    /// <param name="treated">[members].</param>
    /// <exception cref="ArgumentException">Lengths differ, an arm has fewer than two members, or proxy or outcome does not vary.</exception>
    public static ExperimentLift Of(ReadOnlySpan<double> proxies, ReadOnlySpan<double> outcomes, ReadOnlySpan<bool> treated)
    {
        if (proxies.Length != outcomes.Length || proxies.Length != treated.Length)
        {
            throw new ArgumentException($"There are {proxies.Length} proxies, {outcomes.Length} outcomes and {treated.Length} arms.", nameof(outcomes));
        }
        double liftProxy = 0, liftTrue = 0, varianceProxy = 0, varianceTrue = 0, covariance = 0;
        foreach (bool arm in (ReadOnlySpan<bool>)[false, true])
        {
            double n = 0, meanProxy = 0, meanTrue = 0, squaresProxy = 0, squaresTrue = 0, products = 0;
            for (int i = 0; i < treated.Length; i++)
            {
                if (treated[i] == arm)
                {
                    n++;
                    double first = proxies[i] - meanProxy, second = outcomes[i] - meanTrue;
                    meanProxy += first / n;
                    meanTrue += second / n;
                    squaresProxy += first * (proxies[i] - meanProxy);
                    squaresTrue += second * (outcomes[i] - meanTrue);
                    products += first * (outcomes[i] - meanTrue);
                }
            }
            if (n < 2)
            {
                throw new ArgumentException("Each arm needs at least two members.", nameof(treated));
            }
            liftProxy += arm ? meanProxy : -meanProxy;
            liftTrue += arm ? meanTrue : -meanTrue;
            varianceProxy += squaresProxy / (n - 1) / n;
            varianceTrue += squaresTrue / (n - 1) / n;
            covariance += products / (n - 1) / n;
        }
        if (!(varianceProxy > 0 && varianceTrue > 0))
        {
            throw new ArgumentException("Proxy and outcome must vary within the arms.", nameof(proxies));
        }
        double errorProxy = Math.Sqrt(varianceProxy), errorTrue = Math.Sqrt(varianceTrue);
        return new ExperimentLift(liftProxy, liftTrue, errorProxy, errorTrue, Math.Clamp(covariance / (errorProxy * errorTrue), -1, 1));
    }
}
