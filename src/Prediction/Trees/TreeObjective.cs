namespace Noah.Prediction.Trees;

/// <summary>
/// A loss of labels y and margins f with its first and second derivatives in f. The log links use the expected second derivative (Fisher
/// scoring): the observed one vanishes for labels far below the mean, and steps there would be without bound.
/// </summary>
internal sealed class TreeObjective(TreeLoss loss, double tweediePower)
{
    // exp(60) still is a float, and no amount of money is larger.
    private const double MaxLogMargin = 60;

    public TreeLoss Loss { get; } = loss;

    public void RequireLabels(float[] labels)
    {
        for (int row = 0; row < labels.Length; row++)
        {
            float y = labels[row];
            bool fits = Loss switch
            {
                TreeLoss.Logistic => y is >= 0f and <= 1f,
                TreeLoss.Gamma => y > 0f && float.IsFinite(y),
                TreeLoss.Tweedie => y >= 0f && float.IsFinite(y),
                _ => float.IsFinite(y),
            };
            if (!fits)
            {
                string allowed = Loss switch
                {
                    TreeLoss.Logistic => "in [0, 1]",
                    TreeLoss.Gamma => "finite and above 0",
                    TreeLoss.Tweedie => "finite and at least 0",
                    _ => "finite",
                };
                throw new ArgumentOutOfRangeException(nameof(labels), y, $"The label of row {row} must be {allowed} for the {Loss} loss.");
            }
        }
    }

    /// <summary>The margin of a constant model; the mean stays off the ends of its range, so that the margin is finite.</summary>
    public double Start(double mean, double totalWeight)
    {
        double rate = (mean * totalWeight + 0.5) / (totalWeight + 1);
        return Loss switch
        {
            TreeLoss.Logistic => mean is > 0 and < 1 ? Math.Log(mean / (1 - mean)) : Math.Log(rate / (1 - rate)),
            TreeLoss.Squared => mean,
            _ => mean > 0 ? Math.Max(Math.Log(mean), -MaxLogMargin) : -MaxLogMargin,
        };
    }

    public (double Gradient, double Hessian) Derivatives(double margin, double label)
    {
        switch (Loss)
        {
            case TreeLoss.Logistic:
                double p = 1 / (1 + Math.Exp(-margin));
                return (p - label, Math.Max(p * (1 - p), 1e-16));
            case TreeLoss.Squared:
                return (margin - label, 1);
            case TreeLoss.Gamma:
                return (1 - label * Math.Exp(-Kept(margin)), 1);
            default:
                double hessian = Math.Exp((2 - tweediePower) * Kept(margin));
                return (hessian - label * Math.Exp((1 - tweediePower) * Kept(margin)), hessian);
        }
    }

    /// <summary>The loss up to a constant of the label.</summary>
    public double Of(double margin, double label)
    {
        double f = Kept(margin);
        return Loss switch
        {
            TreeLoss.Logistic => Math.Max(margin, 0) + Math.Log(1 + Math.Exp(-Math.Abs(margin))) - label * margin,
            TreeLoss.Squared => (margin - label) * (margin - label) / 2,
            TreeLoss.Gamma => label * Math.Exp(-f) + f,
            _ => Math.Exp((2 - tweediePower) * f) / (2 - tweediePower) - label * Math.Exp((1 - tweediePower) * f) / (1 - tweediePower),
        };
    }

    public float Respond(double margin) => Loss switch
    {
        TreeLoss.Logistic => (float)(1 / (1 + Math.Exp(-margin))),
        TreeLoss.Squared => (float)margin,
        _ => (float)Math.Exp(Kept(margin)),
    };

    private static double Kept(double margin) => Math.Clamp(margin, -MaxLogMargin, MaxLogMargin);
}
