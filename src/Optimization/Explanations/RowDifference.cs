namespace Noah.Optimization.Explanations;

/// <summary>One row before and after a change of bounds. What comes after is null when there is no new allocation.</summary>
/// <param name="Name">Name of the row.</param>
/// <param name="UseBefore">Use by the old allocation.</param>
/// <param name="UseAfter">Use by the new allocation.</param>
/// <param name="PriceBefore">Dual price in the old allocation, signed as in the certificate.</param>
/// <param name="PriceAfter">Dual price in the new allocation.</param>
public sealed record RowDifference(string Name, double UseBefore, double? UseAfter, double PriceBefore, double? PriceAfter)
{
    /// <summary>New use less old use; null without a new allocation.</summary>
    public double? UseChange => UseAfter - UseBefore;

    /// <summary>New price less old price; null without a new allocation.</summary>
    public double? PriceChange => PriceAfter - PriceBefore;
}
