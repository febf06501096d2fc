using Noah.Prediction.Features;
using Noah.Simulation.Retail;

namespace Noah.Bench.Instances;

/// <summary>What the simulated retailer knows of its customers, as a feature table in the members' order.</summary>
internal static class RetailFeatures
{
    public static FeatureTable Of(RetailerWorld world)
    {
        var customers = world.Members.Select(member => member.Attributes).ToArray();
        return new FeatureTable(
        [
            FeatureColumn.Numeric("recency", Array.ConvertAll(customers, customer => (float)customer.Recency)),
            FeatureColumn.Numeric("history", Array.ConvertAll(customers, customer => (float)customer.History)),
            FeatureColumn.Numeric("mens", Array.ConvertAll(customers, customer => customer.Mens ? 1f : 0f)),
            FeatureColumn.Numeric("womens", Array.ConvertAll(customers, customer => customer.Womens ? 1f : 0f)),
            FeatureColumn.Numeric("newbie", Array.ConvertAll(customers, customer => customer.Newbie ? 1f : 0f)),
            FeatureColumn.Categorical("historySegment", Array.ConvertAll(customers, customer => (string?)customer.HistorySegment)),
            FeatureColumn.Categorical("zipCode", Array.ConvertAll(customers, customer => (string?)customer.ZipCode)),
            FeatureColumn.Categorical("channel", Array.ConvertAll(customers, customer => (string?)customer.Channel)),
        ]);
    }
}
