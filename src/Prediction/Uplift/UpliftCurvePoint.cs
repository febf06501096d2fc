namespace Noah.Prediction.Uplift;

/// <summary>A point of the gain curve.</summary>
/// <param name="Share">Share of rows treated, the highest predicted effects first, in [0, 1].</param>
/// <param name="Gain">Share × (mean outcome of treated − of control among them): outcome gained per row of the whole.</param>
public sealed record UpliftCurvePoint(double Share, double Gain);
