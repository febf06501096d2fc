using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.OffPolicy;

/// <summary>Regression of scores on one centred predictor with HC3 errors (MacKinnon and White 1985).</summary>
internal static class LinearPredictor
{
    internal static (double Slope, double StandardError) Slope(ReadOnlySpan<double> predictor, ReadOnlySpan<double> scores)
    {
        var mean = Moments.Of(predictor).Mean;
        var scoreMean = Moments.Of(scores).Mean;
        double spread = 0, product = 0;
        for (var i = 0; i < scores.Length; i++)
        {
            var centred = predictor[i] - mean;
            spread += centred * centred;
            product += centred * (scores[i] - scoreMean);
        }

        var slope = product / spread;
        var meat = 0.0;
        for (var i = 0; i < scores.Length; i++)
        {
            var centred = predictor[i] - mean;
            var leverage = (1.0 / scores.Length) + (centred * centred / spread);

            // A unit with leverage one fits itself; its residual is zero and says nothing.
            var residual = leverage < 1 - 1e-12 ? (scores[i] - scoreMean - (slope * centred)) / (1 - leverage) : 0;
            meat += centred * residual * centred * residual;
        }

        return (slope, Math.Sqrt(meat) / spread);
    }
}
