using Noah.Prediction.Features;
using Noah.Prediction.Transactions;

namespace Noah.Prediction.Lifetime;

/// <summary>Customers as known at a moment, each at one of its own. Who never bought is not among them.</summary>
/// <param name="Customers">[rows] purchases up to the moment, in weeks; amounts as contribution in the caller's currency.</param>
/// <param name="Features">[rows] whatever else was known at the moment.</param>
public sealed record LifetimeTable(IReadOnlyList<CustomerSummary> Customers, FeatureTable Features)
{
    internal const double DaysPerWeek = 7;

    /// <summary>Number of customers.</summary>
    public int Rows => Customers.Count;

    internal void Validate(string name)
    {
        if (Features.Rows != Rows)
        {
            throw new ArgumentException($"There are {Rows} customers and {Features.Rows} rows of features.", name);
        }
        foreach (var customer in Customers)
        {
            BgNbdModel.RequireSummary(customer, name);
        }
    }
}
