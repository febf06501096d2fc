using System.Globalization;
using System.Text;
using Noah.Cli.Journey.Data;
using Noah.Cli.LocalServices;

namespace Noah.Cli.Tests.Journey;

public sealed class JourneyDataTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SimulatedRetailer_GivesThreeFilesThatFitTogether()
    {
        var data = new SimulatedRetailerData(seed: 5, customers: 3_000);
        var members = await RowsAsync(data.WriteMembersAsync, IJourneyData.MembersHeader);
        var exposures = await RowsAsync(data.WriteExposuresAsync, IJourneyData.ExposuresHeader);
        var events = await RowsAsync(data.WriteEventsAsync, IJourneyData.EventsHeader);
        var history = await RowsAsync(data.WriteHistoryAsync, IJourneyData.EventsHeader);

        Assert.Equal(3_000, members.Count);
        Assert.All(members, row => Assert.Equal(4 + ((IJourneyData)data).Attributes.Count, row.Length));
        Assert.All(members, row => Assert.EndsWith(".invalid", row[1], StringComparison.Ordinal));
        Assert.Equal(members.Select(row => row[0]), exposures.Select(row => row[0]));
        Assert.All(exposures, row => Assert.Contains(row[1], ((IJourneyData)data).Arms));
        Assert.Equal(["purchase", "visit"], events.Select(row => row[2]).Distinct().Order());
        Assert.Equal(["open", "purchase"], history.Select(row => row[2]).Distinct().Order());
        Assert.All(events.Concat(history), row => Assert.Equal(row[2] == "purchase", row[4].Length > 0));
        var ids = events.Concat(history).Select(row => row[0]).ToArray();
        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    // Figures of the data's own README, computed there from the raw file.
    [Fact]
    public async Task Hillstrom_KeepsItsFigures()
    {
        var data = HillstromData.Read(Hillstrom());
        var members = await RowsAsync(data.WriteMembersAsync, IJourneyData.MembersHeader);
        var exposures = await RowsAsync(data.WriteExposuresAsync, IJourneyData.ExposuresHeader);
        var events = await RowsAsync(data.WriteEventsAsync, IJourneyData.EventsHeader);

        Assert.Equal(64_000, members.Count);
        Assert.Equal("hil-000001", members[0][0]);
        Assert.Equal("c000001@hillstrom.invalid", members[0][1]);
        Assert.Contains(members, row => row[6] == "6) $750 - $1,000");
        Assert.Equal([21_306, 21_307, 21_387], ((IJourneyData)data).Arms.Select(arm => exposures.Count(row => row[1] == arm)));
        var arms = exposures.ToDictionary(row => row[0], row => row[1]);
        var spend = events.Where(row => row[2] == "purchase").GroupBy(row => arms[row[1]])
            .ToDictionary(rows => rows.Key, rows => rows.Sum(row => double.Parse(row[4], CultureInfo.InvariantCulture)));
        Assert.Equal(1.4226, spend["mens-email"] / 21_307, 4);
        Assert.Equal(1.0772, spend["womens-email"] / 21_387, 4);
        Assert.Equal(0.6528, spend["none"] / 21_306, 4);
        Assert.Equal(578, events.Count(row => row[2] == "purchase"));
        Assert.All(events, row => Assert.Equal("2008-03-27T15:00:00Z", row[3]));
        Assert.Empty(await RowsAsync(data.WriteHistoryAsync, IJourneyData.EventsHeader));
    }

    [Theory]
    [InlineData("a,b,c\n1,2,3\n", "first line")]
    [InlineData(HillstromRow.Header + "\n1,2\n", "line 2: 2 fields")]
    [InlineData(HillstromRow.Header + "\n1,x,2,1,0,Urban,0,Web,Other,0,0,0\n", "line 2: unknown segment 'Other'")]
    public void Hillstrom_MalformedFile_SaysWhereAndWhy(string content, string part)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, content);
            var failure = Assert.Throws<CommandFailedException>(() => HillstromData.Read(path));
            Assert.Contains(part, failure.Message, StringComparison.Ordinal);
            Assert.Equal(2, failure.ExitCode);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("a,b", new[] { "a", "b" })]
    [InlineData("\"6) $750 - $1,000\",2", new[] { "6) $750 - $1,000", "2" })]
    [InlineData("\"say \"\"so\"\"\",,", new[] { "say \"so\"", "", "" })]
    public void Split_FollowsRfc4180(string line, string[] expected) => Assert.Equal(expected, Csv.Split(line));

    private static async Task<List<string[]>> RowsAsync(Func<Stream, CancellationToken, Task> write, string header)
    {
        using var stream = new MemoryStream();
        await write(stream, Cancel);
        var lines = Encoding.UTF8.GetString(stream.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(header, lines[0]);
        return [.. lines.Skip(1).Select(Csv.Split)];
    }

    private static string Hillstrom()
    {
        var folder = Environment.GetEnvironmentVariable("NOAH_DATA") ?? Path.Combine(Checkout.Find().Root, "..", "shared", "data");
        var path = Path.Combine(folder, "hillstrom", "hillstrom.csv.gz");
        Assert.SkipUnless(File.Exists(path), $"{path} is not there (set NOAH_DATA to the folder of the data sets).");
        return path;
    }
}
