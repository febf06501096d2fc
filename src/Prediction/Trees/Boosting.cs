namespace Noah.Prediction.Trees;

/// <summary>
/// The rounds of boosting (Friedman 2001, algorithm 1, with the Newton steps of Chen and Guestrin 2016): each tree is fitted to the
/// derivatives of the loss at the margins so far, and training stops when the part held out has stopped to gain.
/// </summary>
internal sealed class Boosting(IReadOnlyList<FeatureBins> bins, BinnedTable data, float[] labels, float[]? weights, TreeOptions options)
{
    // Below this share of the first round's squared derivatives a gain is rounding, not structure.
    private const double RoundingShare = 1e-12;

    private readonly TreeObjective _objective = new(options.Loss, options.TweediePower);

    internal sealed record Outcome(double Start, Forest Forest, int Rounds, double? ValidationLoss, double[] Gains, int[] Splits);

    public Outcome Run(
        int[] training, int[] validation, int maxRounds, Random random, IProgress<TreeProgress>? progress, CancellationToken cancellation)
    {
        double start = StartOf(training);
        double[] margins = new double[data.Rows], gradients = new double[data.Rows], hessians = new double[data.Rows];
        Array.Fill(margins, start);
        Differentiate(training, margins, gradients, hessians);
        var grower = new TreeGrower(bins, data, options, GainFloor(training, gradients, hessians));
        var trees = new List<TreeNode[]>();
        double[] gains = new double[bins.Count];
        int[] splits = new int[bins.Count];
        int best = 0, round = 0;
        double? bestLoss = validation.Length > 0 ? LossOn(validation, margins) : null;
        while (round < maxRounds)
        {
            cancellation.ThrowIfCancellationRequested();
            int[] rows = Sample(training, options.RowShare, random);
            int[] features = Sample([.. Enumerable.Range(0, bins.Count)], options.ColumnShare, random);
            var tree = grower.Grow(rows, features, gradients, hessians, gains, splits);
            if (tree.Length == 1 && options is { RowShare: 1, ColumnShare: 1 })
            {
                break;
            }
            trees.Add(tree);
            round++;
            Forest.AddTo(margins, tree, 0, data);
            double? loss = validation.Length > 0 ? LossOn(validation, margins) : null;
            progress?.Report(new TreeProgress(round, options.MaxRounds, loss));
            if (loss is null || loss < bestLoss)
            {
                (best, bestLoss) = (round, loss);
            }
            else if (round - best >= options.Patience)
            {
                break;
            }
            Differentiate(training, margins, gradients, hessians);
        }
        return new Outcome(start, Forest.Of(trees.Take(best)), round, bestLoss, gains, splits);
    }

    private double WeightOf(int row) => weights?[row] ?? 1;

    private double StartOf(int[] rows)
    {
        double sum = 0, total = 0;
        foreach (int row in rows)
        {
            sum += WeightOf(row) * labels[row];
            total += WeightOf(row);
        }
        return _objective.Start(sum / total, total);
    }

    private void Differentiate(int[] rows, double[] margins, double[] gradients, double[] hessians)
    {
        foreach (int row in rows)
        {
            var (gradient, hessian) = _objective.Derivatives(margins[row], labels[row]);
            gradients[row] = gradient * WeightOf(row);
            hessians[row] = hessian * WeightOf(row);
        }
    }

    private static double GainFloor(int[] rows, double[] gradients, double[] hessians)
    {
        double squares = 0, curvature = 0;
        foreach (int row in rows)
        {
            squares += gradients[row] * gradients[row];
            curvature += hessians[row];
        }
        return RoundingShare * squares / Math.Max(curvature / rows.Length, double.Epsilon);
    }

    private double LossOn(int[] rows, double[] margins)
    {
        double sum = 0, total = 0;
        foreach (int row in rows)
        {
            sum += WeightOf(row) * _objective.Of(margins[row], labels[row]);
            total += WeightOf(row);
        }
        return sum / total;
    }

    /// <summary>A share of the items without replacement, in their order; always a copy, since growing reorders rows.</summary>
    private static int[] Sample(int[] items, double share, Random random)
    {
        if (share == 1)
        {
            return (int[])items.Clone();
        }
        int wanted = Math.Max(1, (int)Math.Round(share * items.Length)), taken = 0;
        var sample = new int[wanted];
        for (int i = 0; taken < wanted; i++)
        {
            // Selection sampling (Knuth, TAOCP 2, algorithm S): one pass, each subset alike.
            if (random.NextDouble() * (items.Length - i) < wanted - taken)
            {
                sample[taken++] = items[i];
            }
        }
        return sample;
    }
}
