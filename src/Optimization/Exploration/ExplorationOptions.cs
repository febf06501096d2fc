namespace Noah.Optimization.Exploration;

/// <summary>How much to explore.</summary>
/// <param name="Share">Probability with which each unit explores, in [0, 1); default 0.02.</param>
public sealed record ExplorationOptions(double Share = 0.02)
{
    internal void Validate()
    {
        if (!(Share >= 0 && Share < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(Share), Share, "The share must lie in [0, 1).");
        }
    }
}
