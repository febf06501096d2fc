namespace Noah.Prediction.Transactions;

/// <summary>
/// What BG/NBD and gamma-gamma need of a customer (Fader, Hardie, Lee 2005): times count from the customer's first purchase, which is not
/// itself among the repeat purchases.
/// </summary>
/// <param name="Customer">The caller's key of the customer.</param>
/// <param name="Frequency">Repeat purchases x: days with a purchase after the first such day; ≥ 0.</param>
/// <param name="Recency">Time t_x of the last purchase, in units of time; 0 where there is no repeat purchase, else in (0, age].</param>
/// <param name="Age">Time T from the first purchase to the end of observation, in units of time; ≥ 0.</param>
/// <param name="MeanAmount">Mean amount of a repeat purchase; 0 where there is none.</param>
public readonly record struct CustomerSummary(long Customer, int Frequency, double Recency, double Age, double MeanAmount);
