namespace Noah.Experimentation.OffPolicy;

/// <summary>
/// Area under the uplift curve and Qini as U statistics of degree two: with G(t) the share of units predicted above t,
/// ties half, AUUC = E[ψ (1 − G(τ̂))] and Qini = E[ψ (½ − G(τ̂))]. The ranking is estimated on the same units, which adds the second
/// term of the influence value (Hoeffding projection).
/// </summary>
/// <param name="Order">Unit indices by ascending predicted increment.</param>
/// <param name="Auuc">Values whose mean is the AUUC and whose variance is that of its influence.</param>
/// <param name="Qini">The same for Qini.</param>
internal sealed record RankWeightedEffect(int[] Order, double[] Auuc, double[] Qini)
{
    internal static RankWeightedEffect Of(ReadOnlySpan<double> predicted, ReadOnlySpan<double> scores)
    {
        var n = scores.Length;
        var keys = predicted.ToArray();
        var order = new int[n];
        for (var i = 0; i < n; i++)
        {
            order[i] = i;
        }

        Array.Sort(keys, order);
        var total = 0.0;
        foreach (var score in scores)
        {
            total += score;
        }

        var mean = total / n;
        var above = new double[n];
        var sumBelow = new double[n];
        var running = 0.0;
        for (int first = 0, next; first < n; first = next)
        {
            var block = 0.0;
            for (next = first; next < n && keys[next] == keys[first]; next++)
            {
                block += scores[order[next]];
            }

            for (var i = first; i < next; i++)
            {
                above[order[i]] = (n - next + ((next - first) / 2.0)) / n;
                sumBelow[order[i]] = (running + (block / 2)) / n;
            }

            running += block;
        }

        var qini = new double[n];
        var auuc = new double[n];
        var value = 0.0;
        for (var i = 0; i < n; i++)
        {
            value += scores[i] * (0.5 - above[i]) / n;
        }

        for (var i = 0; i < n; i++)
        {
            qini[i] = (scores[i] * (0.5 - above[i])) + (mean / 2) - sumBelow[i] - value;
            auuc[i] = qini[i] + (scores[i] / 2);
        }

        return new RankWeightedEffect(order, auuc, qini);
    }
}
