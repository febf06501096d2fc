namespace Noah.Prediction.Trees;

/// <summary>
/// The best split of a leaf from its histogram, by the second-order gain G_L²/(H_L + λ) + G_R²/(H_R + λ) − G²/(H + λ), halved (Chen and
/// Guestrin 2016, equation 7). Numbers: every edge between bins, with the missing on either side. Names: ordered by gradient over second
/// derivative, smoothed; the best division of that order is the best of all 2^k for squared loss (Fisher 1958). What k names without any
/// effect would gain by that freedom is taken off: otherwise the feature with the most names wins splits by chance.
/// </summary>
internal sealed class SplitFinder(TreeOptions options, double gainFloor)
{
    private const int Width = HistogramLayout.Width;

    // Divided by sign, k standard normal means have a between-group square of (Σ|z|)²/k = 2k/π; two groups have no freedom.
    private const double ChancePerName = 2 / Math.PI;

    /// <summary>Sums of gradients, second derivatives and rows.</summary>
    internal readonly record struct Sums(double Gradient, double Hessian, double Rows)
    {
        public static Sums operator +(Sums a, Sums b) => new(a.Gradient + b.Gradient, a.Hessian + b.Hessian, a.Rows + b.Rows);

        public static Sums operator -(Sums a, Sums b) => new(a.Gradient - b.Gradient, a.Hessian - b.Hessian, a.Rows - b.Rows);

        public double Score(double l2) => Hessian + l2 > 0 ? Gradient * Gradient / (Hessian + l2) : 0;
    }

    public static Sums Total(ReadOnlySpan<double> histogram)
    {
        var total = default(Sums);
        for (int bin = 0; bin * Width < histogram.Length; bin++)
        {
            total += At(histogram, bin);
        }
        return total;
    }

    /// <param name="bins">The feature.</param>
    /// <param name="feature">Its number.</param>
    /// <param name="histogram">[bins × 3] of the leaf.</param>
    /// <param name="noise">Squared gradient per second derivative: the square of a name's sum expected by chance, over its H.</param>
    public Split? Find(FeatureBins bins, int feature, ReadOnlySpan<double> histogram, double noise) =>
        bins.IsCategorical ? FindNames(feature, histogram, noise) : FindEdge(feature, histogram);

    private static Sums At(ReadOnlySpan<double> histogram, int bin) =>
        new(histogram[Width * bin], histogram[Width * bin + 1], histogram[Width * bin + 2]);

    private Split? FindEdge(int feature, ReadOnlySpan<double> histogram)
    {
        int bins = histogram.Length / Width;
        Sums total = Total(histogram), missing = At(histogram, FeatureBins.Missing), left = default;
        double best = Floor;
        int bestBin = -1;
        bool missingLeft = false;
        for (int bin = 1; bin < bins; bin++)
        {
            left += At(histogram, bin);
            Try(left, bin, false, ref best);
            if (missing.Rows > 0)
            {
                Try(left + missing, bin, true, ref best);
            }
        }
        if (bestBin < 0)
        {
            return null;
        }
        var goesLeft = default(BinSet);
        for (int bin = missingLeft ? 0 : 1; bin <= bestBin; bin++)
        {
            goesLeft.Add(bin);
        }
        return new Split(feature, best, goesLeft);

        void Try(Sums side, int bin, bool withMissing, ref double best)
        {
            double gain = Gain(side, total, options.L2);
            if (gain > best)
            {
                // Where no row of the leaf is missing, the missing follow the larger side.
                (best, bestBin) = (gain, bin);
                missingLeft = withMissing || (missing.Rows == 0 && side.Rows > total.Rows - side.Rows);
            }
        }
    }

    private Split? FindNames(int feature, ReadOnlySpan<double> histogram, double noise)
    {
        Sums total = Total(histogram), left = default;
        var present = new List<(double Order, int Bin)>();
        for (int bin = 0; bin * Width < histogram.Length; bin++)
        {
            var sums = At(histogram, bin);
            if (sums.Rows > 0)
            {
                present.Add((sums.Gradient / (sums.Hessian + options.NameSmoothing + double.Epsilon), bin));
            }
        }
        present.Sort();
        double byChance = options.NameChance * noise * ChancePerName * Math.Max(0, present.Count - 2) / 2;
        double best = Floor;
        int bestCount = 0;
        bool leftIsLarger = false;
        for (int i = 0; i + 1 < present.Count; i++)
        {
            left += At(histogram, present[i].Bin);
            double gain = Gain(left, total, options.L2 + options.NameSmoothing) - byChance;
            if (gain > best)
            {
                (best, bestCount, leftIsLarger) = (gain, i + 1, left.Rows > total.Rows - left.Rows);
            }
        }
        if (bestCount == 0)
        {
            return null;
        }
        var goesLeft = default(BinSet);
        var sent = present.Take(bestCount).Select(name => name.Bin).ToHashSet();
        var known = present.Select(name => name.Bin).ToHashSet();
        for (int bin = 0; bin * Width < histogram.Length; bin++)
        {
            // A name that the leaf has not seen follows the larger side.
            if (known.Contains(bin) ? sent.Contains(bin) : leftIsLarger)
            {
                goesLeft.Add(bin);
            }
        }
        return new Split(feature, best, goesLeft);
    }

    private double Floor => Math.Max(options.MinSplitGain, gainFloor);

    private double Gain(Sums left, Sums total, double l2)
    {
        var right = total - left;
        return Fits(left) && Fits(right) ? (left.Score(l2) + right.Score(l2) - total.Score(options.L2)) / 2 : double.NegativeInfinity;
    }

    private bool Fits(Sums side) => side.Rows >= options.MinLeafRows && side.Hessian >= options.MinLeafHessian;
}
