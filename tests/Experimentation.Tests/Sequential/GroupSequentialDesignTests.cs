using System.Globalization;
using System.Runtime.CompilerServices;
using Noah.Experimentation.Sequential;

namespace Noah.Experimentation.Tests.Sequential;

public sealed class GroupSequentialDesignTests
{
    // Golden/group_sequential.csv: rpact 3.3.4, whose own error grows to 5e-5 over 14 looks (see the next test).
    [Fact]
    public void Bounds_EqualRpact()
    {
        foreach (var design in Golden().Where(rows => rows[0].Beta is null))
        {
            var looks = GroupSequentialDesign.Bounds(design.Select(row => row.Share).ToArray(), design[0].Alpha, design[0].Spending);

            // Beyond five deviations rpact is rough (7.229 where the second look may spend 1.1e-13, whose quantile is 7.334), or infinite.
            Assert.All(design.Zip(looks), pair => Assert.True(
                pair.First.Efficacy < 5 ? Math.Abs(pair.First.Efficacy - pair.Second.Efficacy) < 1e-4 : pair.Second.Efficacy > 5,
                $"{pair.First} {pair.Second}"));
        }
    }

    // Golden/fine_integration.py: 14 looks; rpact's last bounds are 2.1025996 and 3.1060805.
    [Fact]
    public void Bounds_EqualAFineIntegration()
    {
        var looks = GroupSequentialDesign.Bounds([.. Enumerable.Range(1, 14).Select(k => k / 14.0)], 0.025);
        Assert.Equal(5.815327421049144, looks[1].Efficacy, 1e-7);
        Assert.Equal(2.1837579780825678, looks[12].Efficacy, 1e-7);
        Assert.Equal(2.1026035045608498, looks[13].Efficacy, 1e-7);
        var even = GroupSequentialDesign.Bounds([.. Enumerable.Range(1, 14).Select(k => k / 14.0)], 0.005, AlphaSpending.Pocock);
        Assert.Equal(3.106131151900747, even[13].Efficacy, 2e-6);
    }

    [Fact]
    public void FutilityBounds_EqualRpact()
    {
        foreach (var design in Golden().Where(rows => rows[0].Beta is not null))
        {
            var plan = GroupSequentialDesign.WithFutility(
                design.Select(row => row.Share).ToArray(), design[0].Alpha, design[0].Beta!.Value, design[0].Spending, design[0].Spending);
            Assert.Equal(design[0].Drift!.Value, plan.Drift, 2e-5);
            Assert.All(design.Zip(plan.Looks), pair => Assert.Equal(pair.First.Futility ?? pair.First.Efficacy, pair.Second.Futility!.Value, 2e-5));
        }
    }

    // Jennison and Turnbull (2000), table 7.1 style: one look is the fixed test, and the error spent is the error crossed.
    [Fact]
    public void OneLook_IsTheFixedTest() =>
        Assert.Equal(1.959963984540054, GroupSequentialDesign.Bounds([1], 0.025)[0].Efficacy, 1e-9);

    [Theory]
    [InlineData(AlphaSpending.OBrienFleming)]
    [InlineData(AlphaSpending.Pocock)]
    public void CrossingProbabilities_WithoutDrift_AreTheErrorSpent(AlphaSpending spending)
    {
        var looks = GroupSequentialDesign.Bounds([0.2, 0.5, 0.6, 1], 0.05, spending);
        var crossed = 0.0;
        foreach (var (look, probability) in looks.Zip(GroupSequentialDesign.CrossingProbabilities(looks, 0)))
        {
            crossed += probability;
            Assert.Equal(look.Spent, crossed, 1e-7);
        }

        Assert.Equal(0.05, looks[^1].Spent, 1e-12);
    }

    [Fact]
    public void CrossingProbabilities_UnderADrift_EqualSimulation()
    {
        double[] shares = [0.3, 0.7, 1];
        var looks = GroupSequentialDesign.Bounds(shares, 0.025);
        const double Drift = 2.5;
        const int Runs = 200_000;
        var random = new Random(7);
        var first = new int[3];
        for (var run = 0; run < Runs; run++)
        {
            double score = 0, before = 0;
            for (var k = 0; k < 3; k++)
            {
                score += (Drift * (shares[k] - before)) + (Math.Sqrt(shares[k] - before) * Draw.Normal(random));
                before = shares[k];
                if (score / Math.Sqrt(before) >= looks[k].Efficacy)
                {
                    first[k]++;
                    break;
                }
            }
        }

        var expected = GroupSequentialDesign.CrossingProbabilities(looks, Drift);
        Assert.All(first.Zip(expected), pair => Assert.Equal(pair.Second, (double)pair.First / Runs, 4 * Math.Sqrt(pair.Second / Runs) + 1e-4));
    }

    [Fact]
    public void Power_OfAPlanThatObeysFutility_IsOneMinusBeta()
    {
        var plan = GroupSequentialDesign.WithFutility([0.25, 0.5, 0.75, 1], 0.025, 0.1);
        Assert.Equal(0.9, GroupSequentialDesign.CrossingProbabilities(plan.Looks, plan.Drift, obeyFutility: true).Sum(), 1e-6);
        Assert.True(GroupSequentialDesign.CrossingProbabilities(plan.Looks, plan.Drift).Sum() > 0.9);
    }

    [Fact]
    public void BadInput_IsNamed()
    {
        Assert.Throws<ArgumentException>("shares", () => GroupSequentialDesign.Bounds([0.5, 0.5], 0.05));
        Assert.Throws<ArgumentException>("shares", () => GroupSequentialDesign.Bounds([0.5, 1.1], 0.05));
        Assert.Throws<ArgumentOutOfRangeException>("alpha", () => GroupSequentialDesign.Bounds([1], 0.5));
        Assert.Throws<ArgumentOutOfRangeException>("beta", () => GroupSequentialDesign.WithFutility([1], 0.05, 0.96));
        Assert.Throws<ArgumentException>("shares", () => GroupSequentialDesign.WithFutility([0.9], 0.05, 0.2));
    }

    private static IEnumerable<List<Row>> Golden([CallerFilePath] string here = "") =>
        File.ReadLines(Path.Combine(Path.GetDirectoryName(here)!, "Golden", "group_sequential.csv")).Skip(1).Select(Row.Parse)
            .Aggregate(new List<List<Row>>(), (designs, row) =>
            {
                if (row.Look == 1)
                {
                    designs.Add([]);
                }

                designs[^1].Add(row);
                return designs;
            });

    private sealed record Row(
        AlphaSpending Spending, double Alpha, double? Beta, int Look, double Share, double? Drift, double Efficacy, double? Futility)
    {
        public static Row Parse(string line)
        {
            var cells = line.Split(',', StringSplitOptions.TrimEntries);
            double? Cell(int i) => cells[i] is "NA" ? null : cells[i] is "Inf" ? double.PositiveInfinity : double.Parse(cells[i], CultureInfo.InvariantCulture);
            return new Row(
                cells[0].StartsWith("asOF", StringComparison.Ordinal) ? AlphaSpending.OBrienFleming : AlphaSpending.Pocock,
                Cell(1)!.Value, Cell(2), int.Parse(cells[3], CultureInfo.InvariantCulture), Cell(4)!.Value, Cell(5), Cell(6)!.Value, Cell(7));
        }
    }
}
