namespace Noah.Prediction.Trees;

/// <summary>Grows one tree leaf by leaf, the largest gain first (Ke et al. 2017), on histograms; a sibling's histogram is a difference.</summary>
internal sealed class TreeGrower(IReadOnlyList<FeatureBins> bins, BinnedTable data, TreeOptions options, double gainFloor)
{
    // No honest step of a margin is longer; it keeps a leaf of vanishing second derivatives from running away.
    private const double MaxLogStep = 10;

    private readonly HistogramLayout _layout = new(bins, data, options.Threads);
    private readonly SplitFinder _finder = new(options, gainFloor);

    private sealed record Leaf(int Node, int Start, int End, int Depth, double[] Histogram, Split? Best);

    /// <summary>Grows a tree on rows, which are reordered, and adds each split's gain to its feature.</summary>
    public TreeNode[] Grow(int[] rows, int[] features, double[] gradients, double[] hessians, double[] gains, int[] splits)
    {
        var nodes = new List<TreeNode>();
        var leaves = new List<Leaf>();
        double noise = Noise(rows, gradients, hessians);
        Add(0, rows.Length, 0, _layout.Build(features, rows, gradients, hessians));
        while (leaves.Count < options.MaxLeaves)
        {
            int at = Widest(leaves);
            if (at < 0)
            {
                break;
            }
            var (leaf, split) = (leaves[at], leaves[at].Best!);
            gains[split.Feature] += split.Gain;
            splits[split.Feature]++;
            int middle = Partition(rows, leaf.Start, leaf.End, data.Columns[split.Feature], split.GoesLeft);
            bool leftIsSmaller = middle - leaf.Start <= leaf.End - middle;
            var smallerRows = leftIsSmaller ? rows.AsMemory(leaf.Start, middle - leaf.Start) : rows.AsMemory(middle, leaf.End - middle);
            double[] smaller = _layout.Build(features, smallerRows, gradients, hessians), larger = leaf.Histogram;
            HistogramLayout.Subtract(larger, smaller);
            leaves.RemoveAt(at);
            nodes[leaf.Node] = new TreeNode(split.Feature, nodes.Count, nodes.Count + 1, 0, split.GoesLeft);
            Add(leaf.Start, middle, leaf.Depth + 1, leftIsSmaller ? smaller : larger);
            Add(middle, leaf.End, leaf.Depth + 1, leftIsSmaller ? larger : smaller);
        }
        return [.. nodes];

        void Add(int start, int end, int depth, double[] histogram)
        {
            leaves.Add(new Leaf(nodes.Count, start, end, depth, histogram, depth < options.MaxDepth ? Best(features, histogram, noise) : null));
            nodes.Add(TreeNode.Leaf(Value(rows.AsSpan(start, end - start), gradients, hessians)));
        }
    }

    private static double Noise(int[] rows, double[] gradients, double[] hessians)
    {
        double squares = 0, curvature = 0;
        foreach (int row in rows)
        {
            squares += gradients[row] * gradients[row];
            curvature += hessians[row];
        }
        return curvature > 0 ? squares / curvature : 0;
    }

    private static int Widest(List<Leaf> leaves)
    {
        int widest = -1;
        for (int i = 0; i < leaves.Count; i++)
        {
            if (leaves[i].Best is { } split && (widest < 0 || split.Gain > leaves[widest].Best!.Gain))
            {
                widest = i;
            }
        }
        return widest;
    }

    private Split? Best(int[] features, double[] histogram, double noise)
    {
        Split? best = null;
        foreach (int feature in features)
        {
            var found = _finder.Find(bins[feature], feature, _layout.Of(histogram, feature), noise);
            if (found is not null && (best is null || found.Gain > best.Gain))
            {
                best = found;
            }
        }
        return best;
    }

    /// <summary>The shrunken Newton step −η G / (H + λ), from the rows themselves: differences of histograms carry rounding.</summary>
    private double Value(ReadOnlySpan<int> rows, double[] gradients, double[] hessians)
    {
        double gradient = 0, hessian = 0;
        foreach (int row in rows)
        {
            gradient += gradients[row];
            hessian += hessians[row];
        }
        double step = hessian + options.L2 > 0 ? -gradient / (hessian + options.L2) : 0;
        return options.LearningRate * (options.Loss == TreeLoss.Squared ? step : Math.Clamp(step, -MaxLogStep, MaxLogStep));
    }

    /// <summary>Puts the rows that go left first, each side in its order.</summary>
    private static int Partition(int[] rows, int start, int end, byte[] column, BinSet goesLeft)
    {
        var right = new List<int>();
        int middle = start;
        for (int i = start; i < end; i++)
        {
            if (goesLeft.Contains(column[rows[i]]))
            {
                rows[middle++] = rows[i];
            }
            else
            {
                right.Add(rows[i]);
            }
        }
        right.CopyTo(rows, middle);
        return middle;
    }
}
