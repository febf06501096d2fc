namespace Noah.Heuristics.Content;

/// <summary>Prior and floor of <see cref="ThompsonSampling"/>.</summary>
/// <param name="PriorSuccesses">First parameter of the Beta prior, &gt; 0; default 1 (uniform).</param>
/// <param name="PriorFailures">Second parameter of the Beta prior, &gt; 0; default 1 (uniform).</param>
/// <param name="FloorShare">
/// Share spread evenly over the variants, in [0, 1]; default 0.05, so that each of n variants keeps a propensity of at least 0.05 / n
/// and its estimate never goes stale.
/// </param>
public sealed record ThompsonOptions(double PriorSuccesses = 1, double PriorFailures = 1, double FloorShare = 0.05)
{
    internal void Validate()
    {
        Positive(PriorSuccesses, nameof(PriorSuccesses));
        Positive(PriorFailures, nameof(PriorFailures));
        if (!(FloorShare >= 0 && FloorShare <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(FloorShare), FloorShare, "The floor share must lie in [0, 1].");
        }
    }

    private static void Positive(double value, string parameter)
    {
        if (!(double.IsFinite(value) && value > 0))
        {
            throw new ArgumentOutOfRangeException(parameter, value, "A prior parameter must be finite and above 0.");
        }
    }
}
