namespace Noah.Optimization.Explanations;

/// <summary>Where the frontier is evaluated.</summary>
/// <param name="Multiples">Multiples of the bound, ascending, finite and ≥ 0; null, the default, for 11 from 0.25 to 2 with 1 among them.</param>
public sealed record FrontierOptions(IReadOnlyList<double>? Multiples = null)
{
    private static readonly double[] Default = [0.25, 0.4, 0.55, 0.7, 0.85, 1, 1.2, 1.4, 1.6, 1.8, 2];

    internal IReadOnlyList<double> Grid => Multiples ?? Default;

    internal void Validate()
    {
        if (Grid.Count == 0 || Grid.Any(multiple => !(double.IsFinite(multiple) && multiple >= 0)) || Grid.Zip(Grid.Skip(1)).Any(pair => pair.First >= pair.Second))
        {
            throw new ArgumentException("Multiples must be finite, at least 0 and ascend, and there must be one.", nameof(Multiples));
        }
    }
}
