using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Sequential;

/// <summary>
/// A one-sided boundary for a score that is Brownian in its information, valid under any looking and stopping: up to the planned
/// information a constant, everywhere a normal mixture (see <see cref="PlannedBoundary"/>).
/// </summary>
public sealed class SequentialBoundary
{
    private readonly double _constant;

    /// <summary>Builds the boundary.</summary>
    /// <param name="alpha">Probability of ever crossing without an effect, in (0, 0.5); half of 1 − confidence for a two-sided interval.</param>
    /// <param name="plannedInformation">Information at the planned end, finite and above 0, in the unit that is later asked with.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public SequentialBoundary(double alpha, double plannedInformation)
    {
        if (!(alpha > 0 && alpha < 0.5))
        {
            throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "Must lie in (0, 0.5).");
        }

        RequirePositive(plannedInformation, nameof(plannedInformation));
        Alpha = alpha;
        PlannedInformation = plannedInformation;
        _constant = PlannedBoundary.Constant(alpha);
    }

    /// <summary>Probability of ever crossing without an effect.</summary>
    public double Alpha { get; }

    /// <summary>Information at the planned end.</summary>
    public double PlannedInformation { get; }

    /// <summary>The smallest significant score √v·z at information v.</summary>
    /// <param name="information">Information, finite and above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The information is not finite and above 0.</exception>
    public double Height(double information)
    {
        RequirePositive(information, nameof(information));
        var v = information / PlannedInformation;
        var mixture = PlannedBoundary.Mixture(v, Alpha);
        return Math.Sqrt(PlannedInformation) * (v <= 1 ? Math.Min(_constant, mixture) : mixture);
    }

    /// <summary>The boundary in standard errors: the smallest significant z at information v.</summary>
    /// <param name="information">Information, finite and above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The information is not finite and above 0.</exception>
    public double Critical(double information) => Height(information) / Math.Sqrt(information);

    /// <summary>
    /// One-sided p that may be read at any look: the smallest α whose boundary the statistic reaches. It is at most α exactly when the
    /// statistic is at the boundary or above.
    /// </summary>
    /// <param name="z">Standard normal statistic at this look, finite.</param>
    /// <param name="information">Information, finite and above 0.</param>
    /// <returns>p in [0, 1]; 0 only where it underflows, below 1e-300.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public double PValue(double z, double information)
    {
        RequirePositive(information, nameof(information));
        if (!double.IsFinite(z))
        {
            throw new ArgumentOutOfRangeException(nameof(z), z, "Must be finite.");
        }

        if (z <= 0)
        {
            return 1;
        }

        var v = information / PlannedInformation;
        var score = z * Math.Sqrt(v);
        var p = Math.Min(1, PlannedBoundary.MixtureLevel(score, v));
        return v > 1 || Tails.NormalTwoSided(score) >= p ? p : Math.Min(p, PlannedBoundary.Level(score));
    }

    private static void RequirePositive(double value, string name)
    {
        if (!(value > 0 && double.IsFinite(value)))
        {
            throw new ArgumentOutOfRangeException(name, value, "Must be finite and above 0.");
        }
    }
}
