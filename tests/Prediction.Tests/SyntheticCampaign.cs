using Noah.Prediction.Features;

namespace Noah.Prediction.Tests;

/// <summary>A seeded randomised campaign with known truth: response under "none" rises with `engaged`, the effect of "mail" rises with `fit`.</summary>
internal sealed record SyntheticCampaign(FeatureTable Features, int[] Actions, float[] Response, float[] Amount, double[] TrueIncrement, float[] TrueMean)
{
    public static readonly string[] ActionNames = ["none", "mail"];

    public static SyntheticCampaign Create(int rows, int seed)
    {
        var random = new Random(seed);
        var engaged = new float[rows];
        var fit = new float[rows];
        var region = new string?[rows];
        var actions = new int[rows];
        var response = new float[rows];
        var amount = new float[rows];
        var increment = new double[rows];
        var mean = new float[rows];
        for (int i = 0; i < rows; i++)
        {
            engaged[i] = (float)Normal(random);
            fit[i] = (float)Normal(random);
            int place = random.Next(4);
            region[i] = place == 3 ? null : "region" + place;
            double baseLogit = -1.5 + 0.8 * engaged[i] + 0.3 * (place - 1);
            double mailLogit = baseLogit + 0.6 + 0.9 * fit[i];
            increment[i] = Sigmoid(mailLogit) - Sigmoid(baseLogit);
            actions[i] = random.Next(2);
            double probability = Sigmoid(actions[i] == 1 ? mailLogit : baseLogit);
            bool responds = random.NextDouble() < probability;
            mean[i] = (float)(probability * Math.Exp(3 + 0.5 * engaged[i] + 0.8 * 0.8 / 2));
            response[i] = responds ? 1f : 0f;
            amount[i] = responds ? (float)Math.Exp(3 + 0.5 * engaged[i] + 0.8 * Normal(random)) : 0f;
        }
        var table = new FeatureTable(
        [
            FeatureColumn.Numeric("engaged", engaged), FeatureColumn.Numeric("fit", fit), FeatureColumn.Categorical("region", region),
        ]);
        return new SyntheticCampaign(table, actions, response, amount, increment, mean);
    }

    public static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    public static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
