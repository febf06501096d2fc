using System.IO.Compression;
using Noah.Experimentation.Inference;
using Noah.Experimentation.MeanValue;
using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Tests.Reports;

/// <summary>Published figures of a game's experiment with a split of 44,700 to 45,489 and one player of 49,854 rounds.</summary>
public sealed class CookieCatsTests
{
    [Fact]
    public void Figures_AreThePublishedOnes()
    {
        var (gate30, gate40) = Read();
        Assert.Equal((44_700, 45_489), (gate30.Count, gate40.Count));
        var split = SampleRatioMismatch.Test([gate30.Count, gate40.Count], [1, 1]);
        Assert.Equal(0.0086, split.PValue!.Value, 0.00005);
        var week = ProportionTest.Compare(Retained(gate30), Retained(gate40));
        Assert.Equal(0.0016, week.PValue!.Value, 0.00005);
        Assert.Equal([0.1902, 0.1820], new[] { gate30, gate40 }.Select(arm => Math.Round(arm.Average(row => row.Retained ? 1.0 : 0), 4)));
    }

    // The single player carries the whole difference of 1.16 rounds: its interval must not be certain.
    [Fact]
    public void MeanRounds_AreNotShownToDiffer()
    {
        var (gate30, gate40) = Read();
        var result = MeanValueTest.Compare(Rounds(gate30), Rounds(gate40));
        Assert.Equal(52.46 - 51.30, result.Difference!.Value, 0.01);
        Assert.True(result.Interval!.Value.Contains(0));
    }

    private static BinarySample Retained(List<(double Rounds, bool Retained)> arm) => new(arm.Count, arm.Count(row => row.Retained));

    private static ValueSummary Rounds(List<(double Rounds, bool Retained)> arm) => ValueSummary.Of([.. arm.Select(row => row.Rounds)]);

    private static (List<(double Rounds, bool Retained)> Gate30, List<(double Rounds, bool Retained)> Gate40) Read()
    {
        var path = Path.Combine(Hillstrom.Folder(), "cookie-cats", "cookie_cats.csv.gz");
        Assert.SkipUnless(File.Exists(path), "The cookie-cats file is not on this machine; set NOAH_DATA to the folder that holds cookie-cats/.");
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        reader.ReadLine();
        List<(double Rounds, bool Retained)> gate30 = [], gate40 = [];
        while (reader.ReadLine() is { } line)
        {
            var cells = line.Split(',');
            (cells[1] == "gate_30" ? gate30 : gate40).Add((int.Parse(cells[2], System.Globalization.CultureInfo.InvariantCulture), cells[4] == "TRUE"));
        }

        return (gate30, gate40);
    }
}
