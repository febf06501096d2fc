namespace Noah.Prediction.Tests.Transactions;

/// <summary>Gamma draws of any shape: Marsaglia and Tsang 2000, with Johnk's power for shapes below 1.</summary>
internal static class GammaDraw
{
    public static double Of(Random random, double shape)
    {
        if (shape < 1)
        {
            return Of(random, shape + 1) * Math.Pow(1 - random.NextDouble(), 1 / shape);
        }
        double d = shape - 1 / 3.0, c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double normal = SyntheticCampaign.Normal(random), v = Math.Pow(1 + c * normal, 3);
            if (v > 0 && Math.Log(1 - random.NextDouble()) < 0.5 * normal * normal + d - d * v + d * Math.Log(v))
            {
                return d * v;
            }
        }
    }
}
