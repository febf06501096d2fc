namespace Noah.Prediction.Transactions;

/// <summary>One line of a transaction log. Lines of one customer on one day are one purchase.</summary>
/// <param name="Customer">The caller's key of the customer.</param>
/// <param name="Day">Day of the purchase.</param>
/// <param name="Amount">What it brought, in the caller's currency; finite and ≥ 0.</param>
public readonly record struct Purchase(long Customer, DateOnly Day, double Amount);
