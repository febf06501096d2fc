using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Noah.Simulation.Retail;

namespace Noah.Simulation.Tests.Retail;

public sealed class RetailerWorldTests
{
    private static readonly RetailerWorld World = RetailerWorld.Generate(new RetailerOptions(Seed: 7, Customers: 60_000));

    public static TheoryData<CampaignArm> Arms => [CampaignArm.None, CampaignArm.MensEmail, CampaignArm.WomensEmail];

    [Fact]
    public void Generate_SameOptions_SameBytes()
    {
        var options = new RetailerOptions(Seed: 11, Customers: 2_000);
        Assert.Equal(Digest(RetailerWorld.Generate(options)), Digest(RetailerWorld.Generate(options)));
    }

    [Fact]
    public void Generate_AnotherSeed_AnotherWorld() =>
        Assert.NotEqual(
            Digest(RetailerWorld.Generate(new RetailerOptions(1, 100))), Digest(RetailerWorld.Generate(new RetailerOptions(2, 100))));

    [Fact]
    public void Generate_MoreCustomers_LeavesTheFirstOnesAsTheyWere()
    {
        var few = RetailerWorld.Generate(new RetailerOptions(Seed: 7, Customers: 500));
        Assert.Equal(few.Members, World.Members.Take(500));
        Assert.Equal(few.Campaign, World.Campaign.Take(500));
        Assert.Equal(few.History, World.History.Take(few.History.Count));
    }

    [Fact]
    public void Arms_AreBalanced()
    {
        var expected = World.Members.Count / 3.0;
        var chiSquare = World.Campaign.GroupBy(row => row.Arm).Sum(arm => Math.Pow(arm.Count() - expected, 2) / expected);
        // Two degrees of freedom: P(chi² > 13.8) = 0.001.
        Assert.InRange(chiSquare, 0, 13.8);
    }

    [Fact]
    public void Arms_AreIndependentOfAttributes()
    {
        var buyers = World.Campaign.Where(row => World.Members[row.Member].Attributes.Mens).ToArray();
        var share = buyers.Count(row => row.Arm == CampaignArm.MensEmail) / (double)buyers.Length;
        Assert.InRange(share, 1 / 3.0 - 4 * Math.Sqrt(2 / 9.0 / buyers.Length), 1 / 3.0 + 4 * Math.Sqrt(2 / 9.0 / buyers.Length));
    }

    [Theory]
    [MemberData(nameof(Arms))]
    public void Outcomes_OfAnArm_MeetTheTruthByTheLawOfLargeNumbers(CampaignArm arm)
    {
        var rows = World.Campaign.Where(row => row.Arm == arm).ToArray();
        AssertMean(rows, row => row.VisitedAt is null ? 0 : 1, row => World.Truth.VisitProbability(row.Member, arm));
        AssertMean(rows, row => row.PurchasedAt is null ? 0 : 1, row => World.Truth.ConversionProbability(row.Member, arm));
        AssertMean(rows, row => row.Spend, row => World.Truth.ExpectedSpend(row.Member, arm));
    }

    // The Hillstrom file's own figures (its README): visit 10.62, 18.28, 15.14 %; conversion 0.573, 1.253, 0.884 %; spend 0.65, 1.42, 1.08.
    [Theory]
    [InlineData(CampaignArm.None, 0.1062, 0.00573, 0.6528)]
    [InlineData(CampaignArm.MensEmail, 0.1828, 0.01253, 1.4226)]
    [InlineData(CampaignArm.WomensEmail, 0.1514, 0.00884, 1.0772)]
    public void Truth_OnAverage_LiesNearTheHillstromData(CampaignArm arm, double visit, double conversion, double spend)
    {
        var members = Enumerable.Range(0, World.Members.Count).ToArray();
        Assert.InRange(members.Average(member => World.Truth.VisitProbability(member, arm)) / visit, 0.9, 1.1);
        Assert.InRange(members.Average(member => World.Truth.ConversionProbability(member, arm)) / conversion, 0.8, 1.25);
        Assert.InRange(members.Average(member => World.Truth.ExpectedSpend(member, arm)) / spend, 0.75, 1.35);
    }

    [Fact]
    public void MensMail_HelpsMensBuyersMost_AndWomensMailTheOthers()
    {
        double Effect(CampaignArm arm, bool mens) => Enumerable.Range(0, World.Members.Count)
            .Where(member => World.Members[member].Attributes is var known && known.Mens == mens && known.Womens == !mens)
            .Average(member => World.Truth.VisitProbability(member, arm) - World.Truth.VisitProbability(member, CampaignArm.None));

        Assert.True(Effect(CampaignArm.MensEmail, mens: true) > 2 * Effect(CampaignArm.MensEmail, mens: false));
        Assert.True(Effect(CampaignArm.WomensEmail, mens: false) > 2 * Effect(CampaignArm.WomensEmail, mens: true));
    }

    [Fact]
    public void Spend_GivenPurchase_DoesNotDependOnTheArm()
    {
        var member = 0;
        double Amount(CampaignArm arm) => World.Truth.ExpectedSpend(member, arm) / World.Truth.ConversionProbability(member, arm);
        Assert.Equal(Amount(CampaignArm.None), Amount(CampaignArm.MensEmail), 9);
    }

    [Fact]
    public void Attributes_HaveTheMarginalsOfTheHillstromFile()
    {
        var known = World.Members.Select(member => member.Attributes).ToArray();
        Assert.InRange(known.Average(row => row.Mens ? 1.0 : 0), 0.541, 0.561);
        Assert.InRange(known.Average(row => row.Womens ? 1.0 : 0), 0.540, 0.560);
        Assert.InRange(known.Average(row => row.Newbie ? 1.0 : 0), 0.492, 0.512);
        Assert.InRange(known.Average(row => row.History), 225, 260);
        Assert.InRange(known.Average(row => row.Recency), 5.6, 5.9);
        Assert.Equal(29.99, known.Min(row => row.History));
        Assert.Equal(7, known.Select(row => row.HistorySegment).Distinct().Count());
        Assert.All(known, row => Assert.True(row.Mens || row.Womens));
    }

    [Fact]
    public void Members_ConsentAndAddressesAndZones_AreAsDeclared()
    {
        Assert.InRange(World.Members.Average(member => member.EmailConsent ? 1.0 : 0), 0.844, 0.856);
        Assert.All(World.Members, member => Assert.EndsWith(".invalid", member.Email, StringComparison.Ordinal));
        Assert.Equal(World.Members.Count, World.Members.Select(member => member.Email).Distinct().Count());
        Assert.Equal(7, World.Members.Select(member => member.TimeZone).Distinct().Count());
    }

    [Fact]
    public void Purchases_OfAMember_AddUpToItsHistory()
    {
        var spent = World.History.Where(row => row.Kind == PastEventKind.Purchase)
            .GroupBy(row => row.Member).ToDictionary(rows => rows.Key, rows => rows.Sum(row => row.Amount));
        Assert.All(Enumerable.Range(0, 5_000), member => Assert.Equal(World.Members[member].Attributes.History, spent[member], 6));
    }

    [Fact]
    public void History_LiesBeforeTheCampaign_AndTheLastPurchaseIsAsRecentAsKnown()
    {
        Assert.All(World.History.Take(50_000), row => Assert.True(row.OccurredAt < World.Options.CampaignAt));
        var last = World.History.Where(row => row.Kind == PastEventKind.Purchase)
            .GroupBy(row => row.Member).ToDictionary(rows => rows.Key, rows => rows.Max(row => row.OccurredAt));
        Assert.All(Enumerable.Range(0, 5_000), member =>
        {
            var months = (World.Options.CampaignAt - last[member]).TotalDays / 30;
            Assert.InRange(months, World.Members[member].Attributes.Recency - 1.1, World.Members[member].Attributes.Recency + 0.1);
        });
    }

    [Fact]
    public void Opens_FollowTheMembersHours()
    {
        var opens = World.History.Where(row => row.Kind == PastEventKind.Open).ToArray();
        var factor = opens.Average(row => World.Truth.HourFactor(row.Member, World.LocalTime(row.Member, row.OccurredAt).Hour));
        // Drawn without regard to the habit, the mean factor would be 1; drawn by it, it is the mean of the squared factor.
        var expected = opens.Average(row => Enumerable.Range(0, 24).Average(hour => Math.Pow(World.Truth.HourFactor(row.Member, hour), 2)));
        Assert.InRange(factor / expected, 0.98, 1.02);
        Assert.True(expected > 1.3);
    }

    [Fact]
    public void Outcomes_LieInTheWindow_AndAPurchaseFollowsItsVisit() => Assert.All(
        World.Campaign.Where(row => row.VisitedAt is not null),
        row =>
        {
            Assert.InRange(row.VisitedAt!.Value, row.ExposedAt, row.ExposedAt.AddDays(World.Options.OutcomeDays));
            Assert.Equal(row.PurchasedAt is not null, row.Spend > 0);
            Assert.True(row.PurchasedAt is null || row.PurchasedAt > row.VisitedAt);
        });

    [Theory]
    [InlineData(0, 0.85, 14, "Customers")]
    [InlineData(10, -0.1, 14, "ConsentShare")]
    [InlineData(10, double.NaN, 14, "ConsentShare")]
    [InlineData(10, 0.85, 0, "OutcomeDays")]
    public void Generate_OptionOutOfRange_NamesIt(int customers, double consent, int days, string name) => Assert.Throws<ArgumentOutOfRangeException>(
        name, () => RetailerWorld.Generate(new RetailerOptions(1, customers) { ConsentShare = consent, OutcomeDays = days }));

    private static void AssertMean(
        CampaignObservation[] rows, Func<CampaignObservation, double> observed, Func<CampaignObservation, double> expected)
    {
        var differences = rows.Select(row => observed(row) - expected(row)).ToArray();
        var mean = differences.Average();
        var error = Math.Sqrt(differences.Average(difference => Math.Pow(difference - mean, 2)) / rows.Length);
        Assert.InRange(mean / error, -4, 4);
    }

    private static string Digest(RetailerWorld world)
    {
        var text = new StringBuilder();
        foreach (var member in world.Members)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{member}");
        }

        foreach (var row in world.History)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{row.Member},{row.Kind},{row.OccurredAt:O},{row.Amount:R}");
        }

        foreach (var row in world.Campaign)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{row.Member},{row.Arm},{row.VisitedAt:O},{row.PurchasedAt:O},{row.Spend:R}");
        }

        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
