using Noah.Prediction.Retrieval;

namespace Noah.Prediction.Tests.Retrieval;

public sealed class ExactIndexTests
{
    public static TheoryData<int, int, Similarity> Shapes => new()
    {
        { 1, 1, Similarity.Cosine }, { 200, 3, Similarity.Cosine }, { 130, 33, Similarity.InnerProduct }, { 64, 16, Similarity.InnerProduct },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Search_UnderAMask_EqualsBruteForce(int rows, int dimension, Similarity similarity)
    {
        var random = new Random(rows);
        float[] vectors = Vectors(random, rows * dimension), query = Vectors(random, dimension);
        ulong[] mask = [.. Enumerable.Range(0, (rows + 63) / 64).Select(_ => (ulong)random.NextInt64() | 1)];
        var found = new ExactIndex(vectors, dimension, similarity).Search(query, 10, mask);
        var expected = Enumerable.Range(0, rows).Where(row => (mask[row / 64] >> (row % 64) & 1) == 1)
            .Select(row => (Row: row, Score: SlowScore(vectors, row, query, similarity)))
            .OrderByDescending(pair => pair.Score).ThenBy(pair => pair.Row).Take(10).ToArray();
        Assert.Equal(expected.Select(pair => pair.Row), found.Select(neighbor => neighbor.Row));
        for (int i = 0; i < found.Length; i++)
        {
            Assert.Equal(expected[i].Score, found[i].Score, 4);
        }
    }

    [Fact]
    public void Search_OfEqualRows_PrefersTheLower()
    {
        var index = new ExactIndex([.. Enumerable.Repeat(1f, 20)], 2);
        Assert.Equal([0, 1, 2], index.Search([1f, 1f], 3).Select(neighbor => neighbor.Row));
    }

    [Fact]
    public void Search_WithNobodyEligible_IsEmpty() => Assert.Empty(new ExactIndex([1f, 2f], 1).Search([1f], 5, [0UL]));

    [Fact]
    public void Search_OfAZeroVectorUnderCosine_ScoresZero() => Assert.Equal(0f, new ExactIndex([0f, 0f], 2).Search([1f, 0f], 1)[0].Score);

    [Fact]
    public void WrongShapes_Throw()
    {
        Assert.Throws<ArgumentException>("vectors", () => new ExactIndex([1f, 2f, 3f], 2));
        Assert.Throws<ArgumentException>("vectors", () => new ExactIndex([float.NaN], 1));
        var index = new ExactIndex([1f, 2f], 1);
        Assert.Throws<ArgumentOutOfRangeException>("query", () => index.Search([1f, 2f], 1));
        Assert.Throws<ArgumentException>("eligible", () => index.Search([1f], 1, [0UL, 0UL]));
        Assert.Throws<ArgumentOutOfRangeException>("count", () => index.Search([1f], -1));
    }

    internal static float[] Vectors(Random random, int length) => [.. Enumerable.Range(0, length).Select(_ => (float)SyntheticCampaign.Normal(random))];

    internal static double SlowScore(float[] vectors, int row, ReadOnlySpan<float> query, Similarity similarity)
    {
        double product = 0, a = 0, b = 0;
        for (int d = 0; d < query.Length; d++)
        {
            double value = vectors[row * query.Length + d];
            product += value * query[d];
            a += value * value;
            b += (double)query[d] * query[d];
        }
        return similarity == Similarity.Cosine ? product / Math.Sqrt(a * b) : product;
    }
}
