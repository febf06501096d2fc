namespace Noah.Bench.Instances;

/// <summary>
/// What a log says of a plan's net return over sending nothing: Σ price · (conversion when sent − conversion when not) − cost. One number
/// a row and estimator; their mean is the estimate, their spread its error, and differences of two plans are paired by row. The
/// evaluators of the engine score one reward an action; here the counterfactual of each send is the unsent arm at that line's price.
/// </summary>
/// <param name="Ips">Inverse propensity (Horvitz and Thompson 1952).</param>
/// <param name="SelfNormalized">For each line the weighted mean conversion of those it is planned for, sent less unsent, as value plus
/// influence; null when no logged row agrees with a line's plan.</param>
/// <param name="DoublyRobust">Prediction plus weighted residual (Dudík, Langford and Li 2011).</param>
/// <param name="EffectiveSize">(Σw)² / Σw² of the rows whose logged line is the planned one.</param>
internal sealed record IncrementalEstimate(double[] Ips, double[]? SelfNormalized, double[] DoublyRobust, double EffectiveSize)
{
    /// <param name="log">The log.</param>
    /// <param name="sends">Planned probabilities for its rows; [rows × lines].</param>
    /// <param name="predicted">Probability of a click under each arm by models that did not see the row; [rows × arms].</param>
    public static IncrementalEstimate Of(OpenBanditLog log, double[] sends, double[] predicted)
    {
        int rows = log.Arms.Length, lines = ProductLine.Count;
        double[] ips = new double[rows], robust = new double[rows];
        double sum = 0, squares = 0;
        for (var row = 0; row < rows; row++)
        {
            var (arm, weight) = (log.Arms[row], log.Weights[row]);
            var click = log.Clicks[row] ? 1.0 : 0;
            var residual = click - predicted[row * OpenBanditLog.ArmCount + arm];
            for (var line = 0; line < lines; line++)
            {
                var planned = sends[row * lines + line];
                var price = planned * ProductLine.All[line].Price;
                var sign = arm == line + 1 ? weight : arm == 0 ? -weight : 0;
                var direct = predicted[row * OpenBanditLog.ArmCount + line + 1] - predicted[row * OpenBanditLog.ArmCount];
                ips[row] += price * sign * click - planned * ProductLine.CostPerSend;
                robust[row] += price * (direct + sign * residual) - planned * ProductLine.CostPerSend;
                var agreeing = arm == line + 1 ? planned * weight : 0;
                (sum, squares) = (sum + agreeing, squares + agreeing * agreeing);
            }
        }

        return new IncrementalEstimate(ips, SelfNormalize(log, sends), robust, squares > 0 ? sum * sum / squares : 0);
    }

    private static double[]? SelfNormalize(OpenBanditLog log, double[] sends)
    {
        int rows = log.Arms.Length, lines = ProductLine.Count;
        var scores = new double[rows];
        for (var line = 0; line < lines; line++)
        {
            double[] planned = [.. Enumerable.Range(0, rows).Select(row => sends[row * lines + line])];
            var volume = planned.Average();
            var (sent, unsent) = (Rate(log, planned, line + 1), Rate(log, planned, 0));
            if (volume == 0)
            {
                continue;
            }

            if (sent.Weight == 0 || unsent.Weight == 0)
            {
                return null;
            }

            var price = ProductLine.All[line].Price;
            for (var row = 0; row < rows; row++)
            {
                var rate = log.Arms[row] == line + 1 ? sent : log.Arms[row] == 0 ? unsent : (Value: 0, Weight: 0);
                var sign = log.Arms[row] == 0 ? -1 : 1;
                var influence = rate.Weight > 0 ? sign * planned[row] * log.Weights[row] * ((log.Clicks[row] ? 1 : 0) - rate.Value) / rate.Weight : 0;
                scores[row] += planned[row] * (price * (sent.Value - unsent.Value) - ProductLine.CostPerSend) + volume * price * influence;
            }
        }

        return scores;
    }

    /// <summary>Weighted mean conversion in an arm of those who are planned a line, and the mean weight behind it.</summary>
    private static (double Value, double Weight) Rate(OpenBanditLog log, double[] planned, int arm)
    {
        double weight = 0, clicks = 0;
        for (var row = 0; row < planned.Length; row++)
        {
            if (log.Arms[row] == arm)
            {
                weight += planned[row] * log.Weights[row];
                clicks += log.Clicks[row] ? planned[row] * log.Weights[row] : 0;
            }
        }

        return (weight > 0 ? clicks / weight : 0, weight / planned.Length);
    }
}
