using Noah.Prediction.Evaluation;
using Noah.Prediction.Features;

namespace Noah.Prediction.Tests.Uplift;

/// <summary>
/// Members whose effect of an action is known: 1{first &gt; 0} + 0.4·second on a real outcome, 0.3·1{first &gt; 0} on a yes/no one. The third feature moves
/// the outcome and, where that is asked for, who is treated.
/// </summary>
internal sealed record PlantedEffect(FeatureTable Features, bool[] Treated, float[] Outcomes, float[] Propensities, float[] Effects)
{
    public static PlantedEffect Create(int rows, int seed, bool confounded, double noise = 1, bool binary = false)
    {
        var random = new Random(seed);
        float[] Column() => [.. Enumerable.Range(0, rows).Select(_ => (float)SyntheticCampaign.Normal(random))];
        float[] first = Column(), second = Column(), third = Column();
        float[] effects = [.. first.Zip(second, (a, b) => binary ? (a > 0 ? 0.3f : 0f) : (a > 0 ? 1f : 0f) + 0.4f * b)];
        float[] propensities = [.. third.Select(c => confounded ? (float)(0.1 + 0.8 * SyntheticCampaign.Sigmoid(1.5 * c)) : 0.5f)];
        bool[] treated = [.. propensities.Select(e => random.NextDouble() < e)];
        float[] outcomes =
        [
            .. Enumerable.Range(0, rows).Select(row =>
            {
                if (binary)
                {
                    double p = 0.2 + 0.1 * SyntheticCampaign.Sigmoid(third[row]) + (treated[row] ? effects[row] : 0);
                    return random.NextDouble() < p ? 1f : 0f;
                }
                return (float)(2 * third[row] + (treated[row] ? effects[row] : 0) + noise * SyntheticCampaign.Normal(random));
            }),
        ];
        var features = new FeatureTable(
            [FeatureColumn.Numeric("first", first), FeatureColumn.Numeric("second", second), FeatureColumn.Numeric("third", third)]);
        return new PlantedEffect(features, treated, outcomes, propensities, effects);
    }

    public double TrueMean => Effects.Average(effect => (double)effect);

    public double RankCorrelation(float[] predicted) => Ranking.Spearman(predicted, Effects)!.Value;
}
