using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Sequential;

/// <summary>How a group-sequential design spends its error over the information (Lan and DeMets 1983).</summary>
public enum AlphaSpending
{
    /// <summary>O'Brien-Fleming type, 2 (1 − Φ(Φ⁻¹(1 − α/2) / √t)) of one side's α: little early, nearly all at the end.</summary>
    OBrienFleming,

    /// <summary>Pocock type, α ln(1 + (e − 1) t): about the same for every look.</summary>
    Pocock,
}

internal static class AlphaSpendingFunction
{
    /// <summary>Error of one side that is spent by share t of the information.</summary>
    internal static double Spent(this AlphaSpending spending, double alpha, double share)
    {
        var t = Math.Min(1, share);
        return spending == AlphaSpending.Pocock
            ? alpha * Math.Log(1 + ((Math.E - 1) * t))
            : Tails.NormalTwoSided(Tails.NormalQuantile(alpha / 2) / Math.Sqrt(t));
    }
}
