using Noah.Api.Features.Models;

namespace Noah.Api.Tests.Features.Models;

public sealed class HeldOutUpliftTests
{
    [Fact]
    public void Curve_IsTheGainAmongTheFirst_WithNeymansInterval()
    {
        var random = new Random(3);
        const int rows = 4000;
        double[] predicted = [.. Enumerable.Range(0, rows).Select(_ => random.NextDouble())];
        bool[] treated = [.. predicted.Select(_ => random.NextDouble() < 0.5)];
        float[] outcomes = [.. predicted.Select((p, row) => (float)(random.NextDouble() + (treated[row] ? p : 0)))];
        var held = HeldOutUplift.Of(new ActionRows([.. Enumerable.Range(0, rows)], treated, [.. predicted.Select(_ => 0.5)], outcomes), predicted, 1);

        Assert.Equal(CardUplift.Better, held.Verdict);
        Assert.InRange(held.Curve.Count, 45, 50);
        foreach (var point in held.Curve)
        {
            // Slowly, from the definition: means and variances of either arm among the first.
            var first = Enumerable.Range(0, rows).OrderByDescending(row => predicted[row]).Take((int)Math.Round(point.Share * rows)).ToArray();
            double[] with = [.. first.Where(row => treated[row]).Select(row => (double)outcomes[row])], without = [.. first.Where(row => !treated[row]).Select(row => (double)outcomes[row])];
            var error = Math.Sqrt((Spread(with) / with.Length) + (Spread(without) / without.Length));
            Assert.Equal(point.Share * (with.Average() - without.Average()), point.Gain, 6);
            Assert.Equal(2 * 1.959964 * point.Share * error, point.Upper - point.Lower, 6);
        }

        Assert.Equal(held.Auuc!.Value - held.RandomAuuc!.Value, held.Gain!.Value, 12);
        Assert.InRange(held.Gain!.Value, held.GainLower!.Value, held.GainUpper!.Value);
    }

    [Fact]
    public void OrderWithoutMeaning_IsNoEvidence()
    {
        var random = new Random(4);
        double[] predicted = [.. Enumerable.Range(0, 3000).Select(_ => random.NextDouble())];
        bool[] treated = [.. predicted.Select(_ => random.NextDouble() < 0.5)];
        float[] outcomes = [.. predicted.Select((_, row) => (float)(random.NextDouble() + (treated[row] ? 0.2 : 0)))];
        Assert.Equal(CardUplift.NoEvidence, HeldOutUplift.Of(new ActionRows([.. Enumerable.Range(0, 3000)], treated, [.. predicted.Select(_ => 0.5)], outcomes), predicted, 1).Verdict);
    }

    [Fact]
    public void EqualPredictions_AreOnePoint()
    {
        bool[] treated = [.. Enumerable.Range(0, 200).Select(row => row % 2 == 0)];
        float[] outcomes = [.. Enumerable.Range(0, 200).Select(row => row % 2 == 0 ? 3f : 1f)];
        var held = HeldOutUplift.Of(new ActionRows([.. Enumerable.Range(0, 200)], treated, [.. treated.Select(_ => 0.5)], outcomes), new double[200], 1);
        var point = Assert.Single(held.Curve);
        Assert.Equal((1, 2), (point.Share, point.Gain));
        Assert.Equal(0, held.Gain);
    }

    // Divided by the count: the curve's intervals are of weighted means.
    private static double Spread(double[] values)
    {
        var mean = values.Average();
        return values.Average(value => (value - mean) * (value - mean));
    }
}
