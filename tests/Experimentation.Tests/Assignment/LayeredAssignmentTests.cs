using Noah.Experimentation.Assignment;

namespace Noah.Experimentation.Tests.Assignment;

public sealed class LayeredAssignmentTests
{
    private const int Units = 100_000;

    [Fact]
    public void Reservations_NeverOverlap_AndStayWhenOthersComeAndGo()
    {
        var layer = ExperimentLayer.Empty("mail");
        Assert.True(layer.TryReserve("a", 300, out layer));
        Assert.True(layer.TryReserve("b", 500, out layer));
        var (a, b) = (layer.Buckets("a"), layer.Buckets("b"));
        Assert.Equal((300, 500, 200), (a.Count, b.Count, layer.FreeBuckets));
        Assert.Empty(a.Intersect(b));
        Assert.False(layer.TryReserve("c", 201, out var full));
        Assert.Same(layer, full);
        var after = layer.Release("a");
        Assert.True(after.TryReserve("c", 400, out after));
        Assert.Equal(b, after.Buckets("b"));
        Assert.Empty(after.Buckets("c").Intersect(b));
        Assert.True(after.TryExtend("b", 100, out after));
        Assert.Empty(b.Except(after.Buckets("b")));
        Assert.Equal(600, after.Buckets("b").Count);
    }

    // What "a" left behind is spread over "c" and the rest in proportion: 500 free buckets of which 300 were a's, 250 taken.
    [Fact]
    public void ANewSlice_MixesTheBucketsThatOthersLeft()
    {
        Assert.True(ExperimentLayer.Empty("mail").TryReserve("a", 300, out var layer));
        Assert.True(layer.TryReserve("b", 500, out layer));
        var left = layer.Buckets("a");
        Assert.True(layer.Release("a").TryReserve("c", 250, out layer));

        // Hypergeometric: mean 150, standard deviation 5.5.
        Assert.InRange(layer.Buckets("c").Intersect(left).Count(), 128, 172);
    }

    [Fact]
    public void Restore_GivesTheSameLayer_AndRefusesOverlap()
    {
        Assert.True(ExperimentLayer.Empty("mail").TryReserve("a", 300, out var layer));
        Assert.True(layer.TryReserve("b", 10, out layer));
        var restored = ExperimentLayer.Restore("mail", [new("a", layer.Buckets("a")), new("b", layer.Buckets("b"))]);
        Assert.All(Enumerable.Range(0, 2_000), i => Assert.Equal(layer.ExperimentOf(Id(i)), restored.ExperimentOf(Id(i))));
        Assert.Contains("Bucket 5", Assert.Throws<ArgumentException>(
            "slices", () => ExperimentLayer.Restore("mail", [new("a", [5]), new("b", [5])])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("slices", () => ExperimentLayer.Restore("mail", [new("a", [1000])]));
    }

    [Fact]
    public void Buckets_AreUniform()
    {
        var counts = new int[ExperimentLayer.BucketCount];
        var layer = ExperimentLayer.Empty("uniform");
        for (var i = 0; i < Units; i++)
        {
            counts[layer.BucketOf(Id(i))]++;
        }

        // 999 degrees of freedom: ±4 standard deviations of √(2·999).
        Assert.InRange(counts.Sum(count => (count - 100.0) * (count - 100.0) / 100), 999 - 180, 999 + 180);
    }

    // Bucket of one layer, bucket of another, arm and holdout: every pair is independent.
    [Fact]
    public void LayersArmsAndHoldout_AreIndependent()
    {
        Assert.True(ExperimentLayer.Empty("mail").TryReserve("a", 1000, out var mail));
        var push = ExperimentLayer.Empty("push");
        var holdout = new Holdout("season-1", 0.5);
        var tables = new double[4][,] { new double[10, 10], new double[10, 2], new double[10, 2], new double[2, 2] };
        for (var i = 0; i < Units; i++)
        {
            var id = Id(i);
            int bucket = mail.BucketOf(id) / 100, other = push.BucketOf(id) / 100, held = holdout.Contains(id) ? 1 : 0;
            var arm = LayeredAssignment.Of(id, mail, "a", [1, 1]).Arm!.Value;
            tables[0][bucket, other]++;
            tables[1][bucket, arm]++;
            tables[2][bucket, held]++;
            tables[3][arm, held]++;
        }

        // χ² of the table against uniform cells; beyond the bound with probability 1e-5.
        double[] bounds = [170, 55, 55, 26];
        Assert.All(tables.Zip(bounds), pair =>
        {
            var expected = (double)Units / pair.First.Length;
            Assert.InRange(pair.First.Cast<double>().Sum(count => (count - expected) * (count - expected) / expected), 0, pair.Second);
        });
    }

    [Fact]
    public void Holdout_GoesBeforeAllExperiments_AndGrowsByAddingOnly()
    {
        Assert.True(ExperimentLayer.Empty("mail").TryReserve("a", 400, out var layer));
        Holdout small = new("season-1", 0.05), large = new("season-1", 0.1);
        var places = new int[3];
        for (var i = 0; i < Units; i++)
        {
            var assignment = LayeredAssignment.Of(Id(i), layer, "a", [1, 1], large);
            places[(int)assignment.Place]++;
            Assert.Equal(large.Contains(Id(i)), assignment.Place == AssignmentPlace.Holdout);
            Assert.True(!small.Contains(Id(i)) || large.Contains(Id(i)));
            Assert.Equal(assignment.Place == AssignmentPlace.Experiment, assignment.Arm is not null);
        }

        Assert.InRange(places[(int)AssignmentPlace.Experiment], 35_300, 36_700);
        Assert.InRange(places[(int)AssignmentPlace.Holdout], 9_600, 10_400);
    }

    [Fact]
    public void Accounts_KeepTheirMembersTogether()
    {
        var layer = ExperimentLayer.Empty("mail");
        Assert.True(layer.TryReserve("a", 500, out layer));
        for (var i = 0; i < 500; i++)
        {
            var account = Id(i);
            var places = Enumerable.Range(0, 4)
                .Select(k => LayeredAssignment.Of(UnitKey.Of(Id(1_000_000 + (4 * i) + k), account, RandomizationUnit.Account), layer, "a", [1, 1]))
                .Distinct();
            Assert.Single(places);
        }

        Assert.Equal(Id(3), UnitKey.Of(Id(3), Id(4), RandomizationUnit.Member));
        Assert.Equal(Id(3), UnitKey.Of(Id(3), null, RandomizationUnit.Account));
    }

    [Fact]
    public void BadInput_IsNamed()
    {
        var layer = ExperimentLayer.Empty("mail");
        Assert.Throws<ArgumentException>("salt", () => ExperimentLayer.Empty(""));
        Assert.Throws<ArgumentException>("experiment", () => layer.TryReserve("mail", 1, out _));
        Assert.Throws<ArgumentOutOfRangeException>("buckets", () => layer.TryReserve("a", 1001, out _));
        Assert.Throws<ArgumentException>("experiment", () => layer.TryExtend("a", 1, out _));
        Assert.True(layer.TryReserve("a", 1, out var taken));
        Assert.Throws<ArgumentException>("experiment", () => taken.TryReserve("a", 1, out _));
        Assert.Throws<ArgumentOutOfRangeException>("share", () => new Holdout("h", 0));
    }

    private static Guid Id(int i) => new(i, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}
