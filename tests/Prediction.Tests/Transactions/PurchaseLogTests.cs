using Noah.Prediction.Transactions;

namespace Noah.Prediction.Tests.Transactions;

public sealed class PurchaseLogTests
{
    private static readonly DateOnly Start = new(2026, 1, 5);

    [Fact]
    public void Summarize_OfSeveralLinesADay_CountsOnePurchaseWithTheirSum()
    {
        var summary = Assert.Single(PurchaseLog.Summarize(
            [new(7, Start.AddDays(14), 10), new(7, Start, 99), new(7, Start.AddDays(14), 5), new(7, Start.AddDays(28), 1)], Start.AddDays(70)));
        Assert.Equal(new CustomerSummary(7, 2, 4, 10, 8), summary);
    }

    [Fact]
    public void Summarize_OfASinglePurchase_HasAgeAlone() =>
        Assert.Equal([new CustomerSummary(1, 0, 0, 3, 0)], PurchaseLog.Summarize([new(1, Start, 40)], Start.AddDays(3), daysPerUnit: 1));

    [Fact]
    public void Summarize_OfPurchasesAfterTheEnd_LeavesThemOut()
    {
        Purchase[] log = [new(1, Start, 10), new(1, Start.AddDays(8), 10), new(2, Start.AddDays(9), 10)];
        Assert.Equal([new CustomerSummary(1, 0, 0, 1, 0)], PurchaseLog.Summarize(log, Start.AddDays(7)));
        Assert.Empty(PurchaseLog.Summarize(log, Start.AddDays(-1)));
    }

    [Fact]
    public void Summarize_OfCdnow_IsThePublishedSummary()
    {
        var published = CdnowData.Summary();
        var ours = PurchaseLog.Summarize(CdnowData.Log(), CdnowData.End);
        Assert.Equal(published.Length, ours.Count);
        for (int i = 0; i < published.Length; i++)
        {
            Assert.Equal(published[i].Frequency, ours[i].Frequency);
            Assert.Equal(published[i].Recency, ours[i].Recency, 0.00501);
            Assert.Equal(published[i].Age, ours[i].Age, 0.00501);
            Assert.Equal(published[i].MeanAmount, ours[i].MeanAmount, 0.00501);
        }
    }

    [Fact]
    public void Summarize_OfImpossibleInput_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>("purchases", () => PurchaseLog.Summarize([new(1, Start, -1)], Start));
        Assert.Throws<ArgumentOutOfRangeException>("purchases", () => PurchaseLog.Summarize([new(1, Start, double.NaN)], Start));
        Assert.Throws<ArgumentOutOfRangeException>("daysPerUnit", () => PurchaseLog.Summarize([], Start, 0));
    }
}
