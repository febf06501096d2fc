namespace Noah.Heuristics.Content;

/// <summary>A chosen variant.</summary>
/// <param name="Variant">Index of the variant.</param>
/// <param name="Propensity">Exact probability with which it was to be chosen, in (0, 1].</param>
public readonly record struct VariantChoice(int Variant, double Propensity);
