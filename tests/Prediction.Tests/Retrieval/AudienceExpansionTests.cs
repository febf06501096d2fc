using Noah.Prediction.Retrieval;

namespace Noah.Prediction.Tests.Retrieval;

public sealed class AudienceExpansionTests
{
    [Theory]
    [InlineData(300, 7, 23, 5)]
    [InlineData(100, 16, 3, 5)]
    [InlineData(100, 1, 40, 1)]
    public void Expand_EqualsBruteForce(int rows, int dimension, int seedCount, int nearestSeeds)
    {
        var random = new Random(rows + dimension);
        float[] vectors = ExactIndexTests.Vectors(random, rows * dimension);
        int[] seeds = [.. Enumerable.Range(0, rows).Where(row => row % 3 == 1).Take(seedCount)];
        ulong[] mask = [.. Enumerable.Range(0, (rows + 63) / 64).Select(_ => (ulong)random.NextInt64())];
        var found = AudienceExpansion.Expand(new ExactIndex(vectors, dimension, Similarity.InnerProduct), seeds, 20, mask, nearestSeeds);
        var expected = Enumerable.Range(0, rows)
            .Where(row => (mask[row / 64] >> (row % 64) & 1) == 1 && !seeds.Contains(row))
            .Select(row =>
            {
                var query = vectors.AsSpan(row * dimension, dimension).ToArray();
                var best = seeds.Select(seed => (Seed: seed, Score: ExactIndexTests.SlowScore(vectors, seed, query, Similarity.InnerProduct)))
                    .OrderByDescending(pair => pair.Score).ThenBy(pair => pair.Seed).ToArray();
                return (Row: row, Score: best.Take(nearestSeeds).Average(pair => pair.Score), best[0].Seed);
            })
            .OrderByDescending(item => item.Score).ThenBy(item => item.Row).Take(20).ToArray();
        Assert.Equal(expected.Select(item => (item.Row, item.Seed)), found.Select(item => (item.Row, item.NearestSeed)));
        for (int i = 0; i < found.Length; i++)
        {
            Assert.Equal(expected[i].Score, found[i].Score, 4);
        }
    }

    [Fact]
    public void Expand_OfTwoGroupsOfSeeds_FindsBothAndNotTheirMiddle()
    {
        // 0-1 and 2-3 are seed pairs at right angles, 4 and 5 beside them, 6 between.
        float[] vectors = [1, 0, 1, 0.01f, 0, 1, 0.01f, 1, 1, 0.1f, 0.1f, 1, 1, 1];
        var found = AudienceExpansion.Expand(new ExactIndex(vectors, 2), [0, 1, 2, 3], 2, nearestSeeds: 2);
        Assert.Equal([4, 5], found.Select(row => row.Row).Order());
    }

    [Fact]
    public void Expand_LeavesSeedsOut()
    {
        var index = new ExactIndex([1f, 1f, 1f, 1f], 1);
        Assert.Equal([1, 3], AudienceExpansion.Expand(index, [0, 2, 0], 10).Select(row => row.Row));
    }

    [Fact]
    public void Expand_OfWrongSeeds_Throws()
    {
        var index = new ExactIndex([1f, 1f], 1);
        Assert.Throws<ArgumentException>("seedRows", () => AudienceExpansion.Expand(index, [], 1));
        Assert.Throws<ArgumentOutOfRangeException>("seedRows", () => AudienceExpansion.Expand(index, [2], 1));
    }
}
