using Noah.Optimization.Programs;

namespace Noah.Optimization.Tests.Programs;

public sealed class CappedGreedyTests
{
    [Fact]
    public void Chosen_IsTheBestOfAllSets_AndNoSmallerChangeThanTheMarginMakesAnother()
    {
        var random = new Random(1);
        for (var trial = 0; trial < 1_000; trial++)
        {
            var count = random.Next(1, 8);
            double[] reduced = [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextDouble()) - 0.8)];
            int[] channels = [.. Enumerable.Range(0, count).Select(_ => random.Next(3) is var channel and < 2 ? channel : UnitLimits.NoChannel)];
            var (cap, room) = (random.Next(0, 4), new[] { random.Next(0, 3), random.Next(0, 3) });
            var greedy = new CappedGreedy(reduced, channels, cap, [.. room]);
            Assert.Equal(Best(reduced), greedy.Chosen.Order());
            foreach (var c in Enumerable.Range(0, count).Except(greedy.Chosen))
            {
                if (greedy.Entry(c)?.Distance is not { } distance)
                {
                    Assert.DoesNotContain(c, Best(With(c, 1e6)));
                    continue;
                }

                Assert.InRange(greedy.NearestChange()!.Value.Distance, 0, distance);
                Assert.DoesNotContain(c, Best(With(c, reduced[c] + (distance * 0.999))));
                Assert.Contains(c, Best(With(c, reduced[c] + (distance * 1.001) + 1e-9)));
            }

            foreach (var c in greedy.Chosen)
            {
                Assert.Contains(c, Best(With(c, reduced[c] - (greedy.NearestChange()!.Value.Distance * 0.999))));
            }

            double[] With(int c, double value) => [.. reduced.Select((old, i) => i == c ? value : old)];

            IEnumerable<int> Best(double[] values)
            {
                int[][] sets = [.. Enumerable.Range(0, 1 << count).Select(mask => Enumerable.Range(0, count).Where(i => (mask >> i & 1) == 1).ToArray()).Where(IsAllowed)];
                return sets.MaxBy(set => set.Sum(i => values[i]))!;
            }

            bool IsAllowed(int[] set) => set.Length <= cap && Enumerable.Range(0, 2).All(channel => set.Count(i => channels[i] == channel) <= room[channel]);
        }
    }
}
