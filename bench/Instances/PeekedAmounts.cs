using Noah.Experimentation.Sequential;
using Noah.Experimentation.Statistics;

namespace Noah.Bench.Instances;

/// <summary>A zero-inflated experiment that arrives in equal batches: who buys and how much, arm by arm.</summary>
/// <param name="Name">Name in figures.</param>
/// <param name="Treatment">Planned units of the treatment.</param>
/// <param name="Control">Planned units of the control.</param>
/// <param name="Rate">Probability of buying.</param>
/// <param name="MeanAmount">Mean amount of one who buys.</param>
/// <param name="Amount">An amount of one who buys.</param>
internal sealed record PeekedAmounts(
    string Name, int Treatment, int Control, double Rate, double MeanAmount, Func<CounterRandom, double> Amount)
{
    /// <summary>Difference of means where rate and amounts of the treatment are a factor higher.</summary>
    public double Truth(double lift) => Rate * MeanAmount * ((lift * lift) - 1);

    /// <summary>Arrivals of one run. Amounts are drawn from copies of the state with a number of their own each.</summary>
    /// <param name="batches">Number of batches.</param>
    /// <param name="perPlan">Batches that make up the planned numbers.</param>
    /// <param name="lift">Factor of the treatment's rate and amounts.</param>
    /// <param name="seed">Seed of the run.</param>
    public IEnumerable<(ZeroInflatedSample Treatment, ZeroInflatedSample Control, ProportionBatch Batch)> Draw(
        int batches, int perPlan, double lift, ulong seed)
    {
        List<double> amounts1 = [], amounts0 = [];
        long units1 = 0, units0 = 0;
        for (var batch = 0; batch < batches; batch++)
        {
            var (new1, new0) = (Treatment / perPlan, Control / perPlan);
            var (buyers1, buyers0) = (Add(amounts1, new1, lift, seed, (2 * batch) + 1), Add(amounts0, new0, 1, seed, 2 * batch));
            units1 += new1;
            units0 += new0;
            yield return (
                ZeroInflatedSample.FromPositives([.. amounts1], units1 - amounts1.Count),
                ZeroInflatedSample.FromPositives([.. amounts0], units0 - amounts0.Count),
                new ProportionBatch(new1, buyers1, new0, buyers0));
        }
    }

    private int Add(List<double> amounts, int units, double lift, ulong seed, long counter)
    {
        var random = new CounterRandom(seed, CounterRandom.Stream.Peek, counter);
        var perGap = Math.Log(1 - (Rate * lift));
        var buyers = 0;
        for (var unit = Gap(); unit < units; unit += 1 + Gap())
        {
            buyers++;

            // A stream of its own for each amount, so that the delegate may consume as many numbers as it likes.
            amounts.Add(lift * Amount(new CounterRandom(seed, CounterRandom.Stream.Peek, ((counter + 1) << 32) + buyers)));
        }

        return buyers;

        double Gap() => Math.Floor(Math.Log(1 - random.Uniform()) / perGap);
    }
}
