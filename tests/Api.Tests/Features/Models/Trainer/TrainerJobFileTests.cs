using Noah.Api.Features.Models.Trainer;
using Noah.Prediction.Features;

namespace Noah.Api.Tests.Features.Models.Trainer;

public sealed class TrainerJobFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("noah-job-");

    private static TrainerJob Job { get; } = new(
        new TrainerTerms([new TrainerArm("none", 1), new TrainerArm("Ä & <mail>", 2)], ["visit"], 7, 1, 1L << 30, "spend"),
        new FeatureTable(
        [
            FeatureColumn.Numeric("age", [1.5f, float.NaN, -3f]),
            FeatureColumn.Categorical("zip", ["b", null, "b"]),
        ]),
        [0, 1, 1],
        [0.25, 0.5, 1],
        [1, 0, 1],
        new Dictionary<string, float[]> { ["visit"] = [0, 1, 0], ["spend"] = [0, 12.5f, 0] });

    [Fact]
    public void Job_ComesBackToTheSameBits()
    {
        TrainerJobFile.Write(_folder.FullName, Job);
        var read = TrainerJobFile.Read(_folder.FullName);

        Assert.Equal(Job.Terms.Arms, read.Terms.Arms);
        Assert.Equal((Job.Terms.Seed, Job.Terms.Value, Job.Terms.MemoryBytes), (read.Terms.Seed, read.Terms.Value, read.Terms.MemoryBytes));
        Assert.Equal(Job.Features.Columns[0].Numbers.ToArray(), read.Features.Columns[0].Numbers.ToArray());
        Assert.Equal(Job.Features.Columns[1].Names.ToArray(), read.Features.Columns[1].Names.ToArray());
        Assert.Equal(Job.Arms, read.Arms);
        Assert.Equal(Job.Propensities, read.Propensities);
        Assert.Equal(Job.Folds, read.Folds);
        Assert.Equal(Job.Outcomes["spend"], read.Outcomes["spend"]);
    }

    [Fact]
    public void DamagedRows_AreRefused()
    {
        TrainerJobFile.Write(_folder.FullName, Job);
        var path = Path.Combine(_folder.FullName, "rows.bin");
        var rows = File.ReadAllBytes(path);
        rows[5] ^= 1;
        File.WriteAllBytes(path, rows);

        Assert.Contains("digest", Assert.Throws<InvalidDataException>(() => TrainerJobFile.Read(_folder.FullName)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherFormat_IsRefused()
    {
        TrainerJobFile.Write(_folder.FullName, Job);
        var path = Path.Combine(_folder.FullName, "job.json");
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"format\":1", "\"format\":2", StringComparison.Ordinal));

        Assert.Contains("format 2", Assert.Throws<InvalidDataException>(() => TrainerJobFile.Read(_folder.FullName)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("arm")]
    [InlineData("propensity")]
    [InlineData("fold")]
    [InlineData("visit")]
    public void ValueOutsideItsRange_IsRefusedByName(string what)
    {
        TrainerJobFile.Write(_folder.FullName, what switch
        {
            "arm" => Job with { Arms = [0, 2, 1] },
            "propensity" => Job with { Propensities = [0.5, 0, 0.5] },
            "fold" => Job with { Folds = [0, 1, 2] },
            _ => Job with { Outcomes = new Dictionary<string, float[]> { ["visit"] = [0, float.NaN, 1], ["spend"] = [0, 0, 0] } },
        });

        Assert.Contains(what, Assert.Throws<InvalidDataException>(() => TrainerJobFile.Read(_folder.FullName)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
