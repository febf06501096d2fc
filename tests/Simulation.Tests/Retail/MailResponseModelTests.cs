using Noah.Simulation.Retail;

namespace Noah.Simulation.Tests.Retail;

public sealed class MailResponseModelTests
{
    private static readonly RetailerWorld World = RetailerWorld.Generate(new RetailerOptions(Seed: 3, Customers: 2_000));
    private static readonly MailResponseModel Model = new(World.Truth);

    [Theory]
    [InlineData(CampaignArm.None)]
    [InlineData(CampaignArm.MensEmail)]
    [InlineData(CampaignArm.WomensEmail)]
    public void Draw_OverManyMembersAndOccasions_MeetsTheProbabilities(CampaignArm arm)
    {
        var sums = new double[6, 2];
        var draws = 0;
        for (var member = 0; member < World.Members.Count; member++)
        {
            var hour = member % 24;
            var variant = member % MailResponseModel.Variants;
            var p = Model.Probabilities(member, arm, variant, hour);
            double[] expected = [p.Bounce, p.Open, p.Click, p.Visit, p.Purchase, p.Unsubscribe];
            for (ulong occasion = 0; occasion < 60; occasion++, draws++)
            {
                var r = Model.Draw(member, arm, variant, hour, occasion);
                bool[] happened =
                [
                    r.Bounced, r.OpenedAfter is not null, r.ClickedAfter is not null,
                    r.VisitedAfter is not null, r.PurchasedAfter is not null, r.UnsubscribedAfter is not null,
                ];
                for (var kind = 0; kind < 6; kind++)
                {
                    sums[kind, 0] += (happened[kind] ? 1 : 0) - expected[kind];
                    sums[kind, 1] += expected[kind] * (1 - expected[kind]);
                }
            }
        }
        for (var kind = 0; kind < 6; kind++)
        {
            Assert.InRange(sums[kind, 0], -4 * Math.Sqrt(sums[kind, 1]), 4 * Math.Sqrt(sums[kind, 1]));
        }
    }

    [Fact]
    public void Probabilities_WithoutMail_AreTheTruthOfNoMail()
    {
        var p = Model.Probabilities(5, CampaignArm.None, 0, 3);
        Assert.Equal(World.Truth.VisitProbability(5, CampaignArm.None), p.Visit, 12);
        Assert.Equal(World.Truth.ConversionProbability(5, CampaignArm.None), p.Purchase, 12);
        Assert.Equal((0.0, 0.0, 0.0, 0.0), (p.Bounce, p.Open, p.Click, p.Unsubscribe));
    }

    [Fact]
    public void Probabilities_ByHour_CrossTheTruthWhereAttentionIsAverage()
    {
        for (var member = 0; member < 200; member++)
        {
            var truth = World.Truth.VisitProbability(member, CampaignArm.MensEmail);
            for (var hour = 0; hour < 24; hour++)
            {
                var p = Model.Probabilities(member, CampaignArm.MensEmail, 0, hour);
                if (p.Bounce > 0.5)
                {
                    continue;
                }

                var delivered = (p.Visit - p.Bounce * World.Truth.VisitProbability(member, CampaignArm.None)) / (1 - p.Bounce);
                Assert.Equal(World.Truth.HourFactor(member, hour) > 1, delivered > truth);
            }
        }
    }

    [Fact]
    public void Probabilities_AreOrderedAsTheChainIs()
    {
        for (var member = 0; member < World.Members.Count; member++)
        {
            var p = Model.Probabilities(member, CampaignArm.WomensEmail, member % 3, member % 24);
            Assert.True(p.Click <= p.Open && p.Click <= p.Visit && p.Purchase <= p.Visit && p.Unsubscribe <= p.Open);
        }
    }

    [Fact]
    public void HourFactor_OverTheDay_HasMeanOne() => Assert.All(
        Enumerable.Range(0, 100),
        member => Assert.Equal(1, Enumerable.Range(0, 24).Average(hour => World.Truth.HourFactor(member, hour)), 12));

    [Fact]
    public void Draw_SameOccasion_SameResponse() => Assert.Equal(
        Model.Draw(9, CampaignArm.MensEmail, 1, 20, 4), Model.Draw(9, CampaignArm.MensEmail, 1, 20, 4));

    [Fact]
    public void Truth_AssumedForAFilesCustomers_GivesTheSameAnswersAsTheWorldOfThatSeed()
    {
        var assumed = RetailerTruth.ForCustomers(3, [.. World.Members.Select(member => member.Attributes)]);
        Assert.Equal(World.Truth.ExpectedSpend(17, CampaignArm.MensEmail), assumed.ExpectedSpend(17, CampaignArm.MensEmail));
    }

    [Theory]
    [InlineData(-1, 0, 0, "member")]
    [InlineData(0, 3, 0, "variant")]
    [InlineData(0, 0, 24, "localHour")]
    public void Draw_ArgumentOutOfRange_NamesIt(int member, int variant, int hour, string name) =>
        Assert.Throws<ArgumentOutOfRangeException>(name, () => Model.Draw(member, CampaignArm.MensEmail, variant, hour, 0));
}
