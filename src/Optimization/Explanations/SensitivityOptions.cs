namespace Noah.Optimization.Explanations;

/// <summary>How sensitivity bands are sought.</summary>
/// <param name="Tolerance">Greatest relative departure of the price, in (0, 1); default 0.1.</param>
/// <param name="SolvesPerSide">Solves on each side of the bound, in [2, 20]; default 4. More bring the ends of the band nearer to the true ones.</param>
/// <param name="Reach">How far from the bound to look at most, as a share of it, &gt; 0; default 1: from 0 to twice the bound.</param>
public sealed record SensitivityOptions(double Tolerance = 0.1, int SolvesPerSide = 4, double Reach = 1)
{
    internal void Validate()
    {
        if (!(Tolerance is > 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(Tolerance), Tolerance, "The tolerance must lie in (0, 1).");
        }

        if (SolvesPerSide is < 2 or > 20)
        {
            throw new ArgumentOutOfRangeException(nameof(SolvesPerSide), SolvesPerSide, "Solves per side must lie in [2, 20].");
        }

        if (!(double.IsFinite(Reach) && Reach > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(Reach), Reach, "The reach must be finite and above 0.");
        }
    }
}
