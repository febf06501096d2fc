using Noah.Optimization.Duals;
using Noah.Optimization.Programs;
using Noah.Optimization.Rounding;

namespace Noah.Optimization.Tests.Duals;

public sealed class UnitProjectionTests
{
    // The smoothed problem of a unit is strictly concave: a feasible point is the maximum exactly when no other feasible point is better.
    [Fact]
    public void Solve_IsFeasible_AndNoRandomFeasiblePointIsBetter()
    {
        var random = new Random(1);
        for (var trial = 0; trial < 300; trial++)
        {
            var count = random.Next(1, 9);
            var limits = new UnitLimits((ushort)random.Next(1, 4), null, [], [(byte)random.Next(0, 3), (byte)random.Next(0, 3)], 2, false);
            float[] scores = [.. Enumerable.Range(0, count).Select(_ => 0.01f + (float)random.NextDouble())];
            double[] ridges = [.. Enumerable.Range(0, count).Select(_ => 0.05 + random.NextDouble())];
            int[] channels = [.. Enumerable.Range(0, count).Select(_ => random.Next(3) switch { 2 => UnitLimits.NoChannel, var channel => channel })];
            var projection = new UnitProjection();
            projection.Solve(scores, ridges, channels, limits, 0);
            var best = projection.X[..count];
            Assert.True(Excess(best) <= 1e-9);
            for (var other = 0; other < 200; other++)
            {
                var step = random.NextDouble();
                double[] point = [.. best.Select((x, i) => IsOpen(i) ? Math.Clamp(x + (step * (random.NextDouble() - 0.5)), 0, 1) : 0)];
                var shrink = 1.0;
                while (Excess([.. point.Select(x => x * shrink)]) > 0)
                {
                    shrink *= 0.99;
                }

                Assert.True(Value([.. point.Select(x => x * shrink)]) <= Value(best) + 1e-9);
            }

            bool IsOpen(int i) => channels[i] == UnitLimits.NoChannel || limits.ChannelCap(0, channels[i]) > 0;
            double Excess(double[] x) => Enumerable.Range(0, 2)
                .Select(channel => x.Where((_, i) => channels[i] == channel).Sum() - limits.ChannelCap(0, channel))
                .Append(x.Sum() - limits.Cap(0)).Max();
            double Value(double[] x) => x.Select((p, i) => p * (scores[i] - (0.5 * ridges[i] * p))).Sum();
        }
    }

    [Fact]
    public void Statistic_EqualsThatOfTheSortedNumbers()
    {
        var random = new Random(2);
        float[] numbers = [.. Enumerable.Range(0, 5_000).Select(_ => (float)Math.Exp(20 * (random.NextDouble() - 0.5))), 0, 0, float.MaxValue];
        float[] sorted = [.. numbers.Order()];
        Assert.All(new[] { 0, 1, 2, 77, 2_500, numbers.Length - 1 }, k => Assert.Equal(sorted[k], Order.Statistic(numbers, k)));
    }
}
