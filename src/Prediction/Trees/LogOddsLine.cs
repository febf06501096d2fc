namespace Noah.Prediction.Trees;

/// <summary>
/// Two-parameter calibration on log odds, slope·logit(p) + shift (Platt 1999, with his targets kept off 0 and 1): where a few thousand rows
/// carry little signal, a curve would calibrate noise.
/// </summary>
internal sealed record LogOddsLine(double Slope, double Shift)
{
    private const int MaxSteps = 50;
    private const double Nearest = 1e-6;

    /// <param name="probabilities">[rows] of models that have not seen the row.</param>
    /// <param name="labels">[rows] 0 or 1, both present.</param>
    public static LogOddsLine Fit(float[] probabilities, bool[] labels)
    {
        double[] x = [.. probabilities.Select(p => LogOdds(p))];
        int positives = labels.Count(label => label), negatives = labels.Length - positives;
        double high = (positives + 1.0) / (positives + 2), low = 1.0 / (negatives + 2);
        // Variation of the scores is what a slope is made of; without it only the shift is fitted.
        double mean = x.Average(), spread = Math.Sqrt(x.Average(value => (value - mean) * (value - mean)));
        double slope = 1, shift = 0;
        for (int step = 0; step < MaxSteps; step++)
        {
            double gradientA = 0, gradientB = 0, aa = 1e-9, ab = 0, bb = 1e-9;
            for (int i = 0; i < x.Length; i++)
            {
                double p = 1 / (1 + Math.Exp(-(slope * x[i] + shift))), residual = p - (labels[i] ? high : low), curvature = p * (1 - p);
                gradientA += residual * x[i];
                gradientB += residual;
                aa += curvature * x[i] * x[i];
                ab += curvature * x[i];
                bb += curvature;
            }
            double determinant = aa * bb - ab * ab;
            bool withSlope = spread > 1e-6 && determinant > 0;
            double stepA = withSlope ? (bb * gradientA - ab * gradientB) / determinant : 0;
            double stepB = withSlope ? (aa * gradientB - ab * gradientA) / determinant : gradientB / bb;
            // A Newton step of more than 1 leaves the region where the quadratic holds.
            double scale = Math.Min(1, 1 / Math.Max(Math.Abs(stepA), Math.Abs(stepB) + double.Epsilon));
            (slope, shift) = (slope - scale * stepA, shift - scale * stepB);
            if (Math.Abs(stepA) + Math.Abs(stepB) < 1e-10)
            {
                break;
            }
        }
        // A negative slope says that the scores rank no better than chance: then all get the same.
        return slope > 0 ? new LogOddsLine(slope, shift) : new LogOddsLine(0, Math.Log((positives + 1.0) / (negatives + 1)));
    }

    /// <summary>The calibrated probability, its odds multiplied by a factor.</summary>
    public double Apply(double probability, double oddsFactor) =>
        1 / (1 + Math.Exp(-(Slope * LogOdds(probability) + Shift + Math.Log(oddsFactor))));

    private static double LogOdds(double p)
    {
        double kept = Math.Clamp(p, Nearest, 1 - Nearest);
        return Math.Log(kept / (1 - kept));
    }
}
