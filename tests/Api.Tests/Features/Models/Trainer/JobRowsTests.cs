using Noah.Api.Features.Models.Trainer;
using Noah.Prediction.Features;

namespace Noah.Api.Tests.Features.Models.Trainer;

public sealed class JobRowsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("noah-job-");

    private static TrainerJob Job { get; } = new(
        new TrainerTerms([new TrainerArm("none", 1), new TrainerArm("Ä & <mail>", 2)], ["visit"], 7, 1, "spend"),
        new FeatureTable(
        [
            FeatureColumn.Numeric("age", [1.5f, float.NaN, -3f]),
            FeatureColumn.Categorical("zip", ["b", null, "b"]),
            FeatureColumn.MultiValued("likes", [["tea", "Öl"], null, []]),
            FeatureColumn.Cyclic("born", [365.5f, float.NaN, 0], CyclePeriod.DaysOfYear),
        ]),
        [0, 1, 1],
        [0.25, 0.5, 1],
        [1, 0, 1],
        new Dictionary<string, float[]> { ["visit"] = [0, 1, 0], ["spend"] = [0, 12.5f, 0] });

    [Fact]
    public void Job_ComesBackToTheSameBits()
    {
        JobRows.Write(_folder.FullName, Job);
        var read = JobRows.Open(_folder.FullName).Sample(100);

        Assert.Equal(Job.Terms.Arms, read.Terms.Arms);
        Assert.Equal((Job.Terms.Seed, Job.Terms.Value), (read.Terms.Seed, read.Terms.Value));
        Assert.Equal(Job.Features.Columns[0].Numbers.ToArray(), read.Features.Columns[0].Numbers.ToArray());
        Assert.Equal(Job.Features.Columns[1].Names.ToArray(), read.Features.Columns[1].Names.ToArray());
        Assert.Equal(Job.Features.Columns[2].NameSets.ToArray(), read.Features.Columns[2].NameSets.ToArray());
        Assert.Equal(Job.Features.Schema, read.Features.Schema);
        Assert.Equal(Job.Features.Columns[3].Numbers.ToArray(), read.Features.Columns[3].Numbers.ToArray());
        Assert.Equal(Job.Arms, read.Arms);
        Assert.Equal(Job.Propensities, read.Propensities);
        Assert.Equal(Job.Folds, read.Folds);
        Assert.Equal(Job.Outcomes["spend"], read.Outcomes["spend"]);
    }

    [Fact]
    public void RowsAddedInParts_AreTheSameRows_AndASampleIsEvenlySpaced()
    {
        using (var writer = JobRows.Create(_folder.FullName, Job.Terms))
        {
            for (var part = 0; part < 40; part++)
            {
                writer.Add(Job with { Outcomes = new Dictionary<string, float[]> { ["visit"] = [0, 1, 0], ["spend"] = [3 * part, (3 * part) + 1, (3 * part) + 2] } });
            }

            writer.Finish();
        }

        var rows = JobRows.Open(_folder.FullName);
        Assert.Equal((120, 40), (rows.Rows, rows.Batches().Count()));
        var all = rows.Sample(120);
        Assert.Equal(Enumerable.Range(0, 120).Select(row => (float)row), all.Outcomes["spend"]);
        Assert.Equal(Enumerable.Repeat(Job.Features.Columns[2].NameSets.ToArray(), 40).SelectMany(sets => sets), all.Features.Columns[2].NameSets.ToArray());
        Assert.Equal(Enumerable.Range(0, 30).Select(row => (4f * row) + 3), rows.Sample(30).Outcomes["spend"]);
    }

    [Fact]
    public void DamagedRows_AreRefused()
    {
        JobRows.Write(_folder.FullName, Job);
        var path = Path.Combine(_folder.FullName, "rows.bin");
        var rows = File.ReadAllBytes(path);
        rows[5] ^= 1;
        File.WriteAllBytes(path, rows);

        Assert.Contains("digest", Assert.Throws<InvalidDataException>(() => JobRows.Open(_folder.FullName).Sample(100)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherFormat_IsRefused()
    {
        JobRows.Write(_folder.FullName, Job);
        var path = Path.Combine(_folder.FullName, "job.json");
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"format\":2", "\"format\":3", StringComparison.Ordinal));

        Assert.Contains("format 3", Assert.Throws<InvalidDataException>(() => JobRows.Open(_folder.FullName).Sample(100)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("arm")]
    [InlineData("propensity")]
    [InlineData("fold")]
    [InlineData("visit")]
    public void ValueOutsideItsRange_IsRefusedByName(string what)
    {
        JobRows.Write(_folder.FullName, what switch
        {
            "arm" => Job with { Arms = [0, 2, 1] },
            "propensity" => Job with { Propensities = [0.5, 0, 0.5] },
            "fold" => Job with { Folds = [0, 1, 2] },
            _ => Job with { Outcomes = new Dictionary<string, float[]> { ["visit"] = [0, float.NaN, 1], ["spend"] = [0, 0, 0] } },
        });

        Assert.Contains(what, Assert.Throws<InvalidDataException>(() => JobRows.Open(_folder.FullName).Sample(100)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
