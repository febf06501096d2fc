using Noah.Prediction.Evaluation;

namespace Noah.Prediction.Calibration;

/// <summary>
/// A strictly rising map of scores: isotonic regression on blocks of rows, joined by straight lines through the block means, so that the
/// order of members survives (a step function would tie them). Below the first knot the line goes to the origin; above the last one it
/// keeps the ratio, or, for probabilities, the share of the way to 1.
/// </summary>
/// <param name="Kind">Where it came from.</param>
/// <param name="Factor">Level: odds (probabilities) or amounts are multiplied by it. None: the constant.</param>
/// <param name="Scores">Isotonic: knots, rising.</param>
/// <param name="Targets">Isotonic: values at the knots, rising.</param>
/// <param name="IsProbability">Whether scores are in [0, 1].</param>
internal sealed record MonotoneCalibration(CalibrationKind Kind, double Factor, double[] Scores, double[] Targets, bool IsProbability)
{
    // With 20 positives a block's rate is known to about 22 %; under 5 blocks the curve is no better than a factor.
    private const int PositivesPerBlock = 20, MinBlocks = 5, MaxBlocks = 50;

    /// <summary>The same value for every score, where there was nothing to learn.</summary>
    public static MonotoneCalibration Constant(double value) => new(CalibrationKind.None, value, [], [], true);

    /// <summary>Fits the curve, or, with too few positives for one, the level.</summary>
    /// <param name="scores">[rows] raw predictions of networks that have not seen the row.</param>
    /// <param name="targets">[rows] outcomes 0/1 or amounts; at least one is positive.</param>
    /// <param name="isProbability">Whether the scores are probabilities.</param>
    public static MonotoneCalibration Fit(float[] scores, float[] targets, bool isProbability)
    {
        int blocks = Math.Min(targets.Count(target => target > 0f) / PositivesPerBlock, MaxBlocks);
        if (blocks >= MinBlocks)
        {
            var curve = Isotonic.Pool(Blocks(scores, targets, blocks));
            // One block is a constant; a score or target of 0 leaves no line to or from the origin.
            curve.RemoveAll(block => block.Score <= 0 || block.Target <= 0 || (isProbability && (block.Score >= 1 || block.Target >= 1)));
            if (curve.Count > 1)
            {
                double[] knots = [.. curve.Select(b => b.Score)], values = [.. curve.Select(b => b.Target)];
                var fitted = new MonotoneCalibration(CalibrationKind.Isotonic, 1, knots, values, isProbability);
                double ratio = isProbability ? 1 : TotalRatio(fitted, scores, targets);
                return fitted with { Targets = [.. values.Select(value => value * ratio)] };
            }
        }
        double wanted = targets.Sum(target => (double)target);
        return new MonotoneCalibration(CalibrationKind.Level, LevelFactor(scores, wanted, isProbability), [], [], isProbability);
    }

    /// <summary>The same curve with its odds, of amounts its values, multiplied by a factor.</summary>
    /// <param name="factor">Above 0.</param>
    public MonotoneCalibration Shifted(double factor) => Kind switch
    {
        CalibrationKind.None => this with { Factor = Scale(Factor, factor, IsProbability) },
        CalibrationKind.Level => this with { Factor = Factor * factor },
        _ => this with { Targets = [.. Targets.Select(target => Scale(target, factor, IsProbability))] },
    };

    public double Apply(double score)
    {
        if (Kind != CalibrationKind.Isotonic)
        {
            return Kind == CalibrationKind.Level ? Scale(score, Factor, IsProbability) : Factor;
        }
        if (score <= Scores[0])
        {
            return score * Targets[0] / Scores[0];
        }
        if (score >= Scores[^1])
        {
            return IsProbability
                ? Math.Min(1, 1 - (1 - Targets[^1]) * (1 - score) / (1 - Scores[^1]))
                : score * Targets[^1] / Scores[^1];
        }
        int above = Array.BinarySearch(Scores, score);
        above = above < 0 ? ~above : above + 1;
        double share = (score - Scores[above - 1]) / (Scores[above] - Scores[above - 1]);
        return Targets[above - 1] + share * (Targets[above] - Targets[above - 1]);
    }

    /// <summary>Lines between heavy-tailed knots do not keep the total by themselves.</summary>
    private static double TotalRatio(MonotoneCalibration fitted, float[] scores, float[] targets) =>
        targets.Sum(target => (double)target) / scores.Sum(score => fitted.Apply(score));

    private static double Scale(double score, double factor, bool isProbability) =>
        isProbability ? factor * score / (1 - score + factor * score) : factor * score;

    private static double LevelFactor(float[] scores, double wanted, bool isProbability)
    {
        if (!isProbability)
        {
            double total = scores.Sum(score => (double)score);
            return total > 0 ? wanted / total : 1;
        }
        // The total rises with the factor: bisection on its logarithm.
        double low = -20, high = 20;
        while (high - low > 1e-9)
        {
            double middle = (low + high) / 2, factor = Math.Exp(middle);
            (low, high) = scores.Sum(score => Scale(score, factor, true)) < wanted ? (middle, high) : (low, middle);
        }
        return Math.Exp((low + high) / 2);
    }

    private static IEnumerable<Isotonic.Block> Blocks(float[] scores, float[] targets, int blocks)
    {
        int[] order = Ranking.Ascending(scores);
        for (int start = 0, end; start < order.Length; start = end)
        {
            end = Math.Min(start + (order.Length + blocks - 1) / blocks, order.Length);
            // Equal scores must share a block: two knots at one score would leave the curve undefined there.
            while (end < order.Length && scores[order[end]] == scores[order[end - 1]])
            {
                end++;
            }
            double score = 0, target = 0;
            for (int i = start; i < end; i++)
            {
                score += scores[order[i]];
                target += targets[order[i]];
            }
            yield return new Isotonic.Block(score / (end - start), target / (end - start), end - start);
        }
    }
}
