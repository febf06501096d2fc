namespace Noah.Experimentation.Statistics;

/// <summary>
/// Counts, means, squared deviations and cross deviations of two figures of the same units: numerator and denominator of a ratio metric, or an
/// outcome and what was known before. Halves merged equal the whole, so days, shards and segments add up.
/// </summary>
/// <remarks>The default value is the empty sample, the neutral element of <see cref="Merge"/>.</remarks>
public readonly record struct CovarianceMoments
{
    /// <summary>Builds a summary from stored parts.</summary>
    /// <param name="y">Moments of the first figure: numerator or outcome.</param>
    /// <param name="x">Moments of the second figure: denominator or covariate; of the same units.</param>
    /// <param name="cross">Σ (y − ȳ)(x − x̄), finite.</param>
    /// <exception cref="ArgumentException">The counts differ, or the cross sum is not finite or beyond Cauchy's bound.</exception>
    public CovarianceMoments(Moments y, Moments x, double cross)
    {
        if (y.Count != x.Count)
        {
            throw new ArgumentException($"Has {x.Count} units, expected {y.Count}.", nameof(x));
        }

        if (!(Math.Abs(cross) <= Math.Sqrt(y.M2) * Math.Sqrt(x.M2) * (1 + 1e-9)))
        {
            throw new ArgumentException("Must be finite and within the square root of the product of both sums of squares.", nameof(cross));
        }

        (Y, X, Cross) = (y, x, cross);
    }

    /// <summary>Number of units.</summary>
    public long Count => Y.Count;

    /// <summary>Moments of the numerator or outcome.</summary>
    public Moments Y { get; }

    /// <summary>Moments of the denominator or covariate.</summary>
    public Moments X { get; }

    /// <summary>Σ (y − ȳ)(x − x̄).</summary>
    public double Cross { get; }

    /// <summary>Unbiased covariance; null below two units.</summary>
    public double? Covariance => Count > 1 ? Cross / (Count - 1) : null;

    /// <summary>Summary of raw pairs, by two passes.</summary>
    /// <param name="y">Finite values of the first figure.</param>
    /// <param name="x">Finite values of the second figure, of the same units in the same order.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a value is NaN or infinite; the message names its index.</exception>
    public static CovarianceMoments Of(ReadOnlySpan<double> y, ReadOnlySpan<double> x)
    {
        Require.Length(x.Length, y.Length, nameof(x));
        Moments first = Moments.Of(y), second = Moments.Of(x);
        var cross = 0.0;
        for (var i = 0; i < y.Length; i++)
        {
            cross += (y[i] - first.Mean) * (x[i] - second.Mean);
        }

        return new CovarianceMoments(first, second, Bounded(first, second, cross));
    }

    /// <summary>The summary of both samples together.</summary>
    /// <param name="other">Summary of disjoint units.</param>
    public CovarianceMoments Merge(CovarianceMoments other)
    {
        if (Count == 0 || other.Count == 0)
        {
            return Count == 0 ? other : this;
        }

        Moments y = Y.Merge(other.Y), x = X.Merge(other.X);
        var share = (double)Count / (Count + other.Count) * other.Count;
        return new CovarianceMoments(y, x, Bounded(y, x, Cross + other.Cross + ((other.Y.Mean - Y.Mean) * (other.X.Mean - X.Mean) * share)));
    }

    /// <summary>The summary after one more unit.</summary>
    /// <param name="y">Its first figure, finite.</param>
    /// <param name="x">Its second figure, finite.</param>
    public CovarianceMoments Add(double y, double x) => Merge(new CovarianceMoments(new Moments(1, y, 0), new Moments(1, x, 0), 0));

    /// <summary>Moments of y − slope·(x − origin).</summary>
    internal Moments Residual(double slope, double origin)
    {
        var m2 = Y.M2 - (2 * slope * Cross) + (slope * slope * X.M2);
        return new Moments(Count, Y.Mean - (slope * (X.Mean - origin)), Math.Max(0, m2));
    }

    // Rounding may carry the cross sum of proportional figures a last bit beyond the bound.
    private static double Bounded(Moments y, Moments x, double cross)
    {
        var bound = Math.Sqrt(y.M2) * Math.Sqrt(x.M2);
        return Math.Clamp(cross, -bound, bound);
    }
}
