using System.Text;
using Noah.Experimentation.Assignment;

namespace Noah.Experimentation.Tests.Assignment;

public sealed class SaltedHashTests
{
    private const int Units = 100_000;

    // Python: (int.from_bytes(hashlib.sha256(salt.encode() + b"\0" + uuid.UUID(u).bytes).digest()[:8], "big") >> 11) / 2**53
    [Theory]
    [InlineData("00112233-4455-6677-8899-aabbccddeeff", "spring-2025", 0.19943192568116863)]
    [InlineData("ffffffff-ffff-ffff-ffff-ffffffffffff", "é", 0.5965512054294194)]
    public void Uniform_OfGuid_EqualsTheDocumentedDigest(string id, string salt, double expected) =>
        Assert.Equal(expected, SaltedHash.Uniform(Guid.Parse(id), salt));

    [Fact]
    public void Uniform_OfBytes_EqualsTheDocumentedDigest() =>
        Assert.Equal(0.7640160455772397, SaltedHash.Uniform(Encoding.UTF8.GetBytes("member-17"), "s"));

    [Fact]
    public void Uniform_OverSequentialIds_IsUniform()
    {
        var cells = new int[100];
        for (var i = 0; i < Units; i++)
        {
            cells[(int)(100 * SaltedHash.Uniform(Sequential(i), "uniformity"))]++;
        }

        var chiSquare = cells.Sum(count => (count - 1000.0) * (count - 1000.0) / 1000);
        Assert.InRange(chiSquare, 50, 160); // 99 degrees of freedom: both ends below 1e-4
    }

    [Fact]
    public void Uniform_OfTwoSimilarSalts_IsIndependent()
    {
        var cells = new int[10, 10];
        for (var i = 0; i < Units; i++)
        {
            var id = Sequential(i);
            cells[(int)(10 * SaltedHash.Uniform(id, "layer-1")), (int)(10 * SaltedHash.Uniform(id, "layer-2"))]++;
        }

        var chiSquare = cells.Cast<int>().Sum(count => (count - 1000.0) * (count - 1000.0) / 1000);
        Assert.InRange(chiSquare, 50, 160);
    }

    [Fact]
    public void Bucket_OverManyUnits_FollowsTheWeightsAndNeverPicksWeightZero()
    {
        var counts = new int[4];
        for (var i = 0; i < Units; i++)
        {
            counts[SaltedHash.Bucket(Sequential(i), "weights", [0, 5, 3, 2])]++;
        }

        Assert.Equal(0, counts[0]);
        Assert.InRange(counts[1], 49_300, 50_700);
        Assert.InRange(counts[2], 29_400, 30_600);
        Assert.InRange(counts[3], 19_450, 20_550);
    }

    [Fact]
    public void Bucket_WithLastWeightZero_StaysBelowIt() =>
        Assert.All(Enumerable.Range(0, 1000), i => Assert.Equal(0, SaltedHash.Bucket(Sequential(i), "s", [1e-300, 0])));

    [Fact]
    public void Bucket_WithoutPositiveWeight_Throws()
    {
        Assert.Throws<ArgumentException>("weights", () => SaltedHash.Bucket(Guid.Empty, "s", [0, 0]));
        Assert.Contains("Weight 1", Assert.Throws<ArgumentException>(
            "weights", () => SaltedHash.Bucket(Guid.Empty, "s", [1, double.NaN])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    public void Uniform_WithUnusableSalt_Throws(string salt) =>
        Assert.Throws<ArgumentException>(nameof(salt), () => SaltedHash.Uniform(Guid.Empty, salt));

    private static Guid Sequential(int i) => new(i, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}
