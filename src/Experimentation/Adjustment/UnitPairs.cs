using Noah.Experimentation.Inference;
using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Adjustment;

/// <summary>Pairs of units of a generalised U statistic: all of them, or each unit with the next few in a random circle.</summary>
internal sealed class UnitPairs
{
    private readonly double[] _outcomes;
    private readonly bool[] _treated;
    private readonly double[] _design;
    private readonly double[] _propensities;
    private readonly int[] _circle;
    private readonly int _width;
    private readonly int _reach;
    private readonly double _floor;

    internal UnitPairs(double[] outcomes, bool[] treated, double[] covariates, int width, GeneralizedUOptions options)
    {
        _outcomes = outcomes;
        _treated = treated;
        _width = width + 1;
        _floor = options.PropensityFloor;
        _design = new double[outcomes.Length * _width];
        for (var i = 0; i < outcomes.Length; i++)
        {
            _design[i * _width] = 1;
            covariates.AsSpan(i * width, width).CopyTo(_design.AsSpan((i * _width) + 1));
        }

        _propensities = new double[outcomes.Length];
        _circle = Circle(outcomes.Length, options.Seed);

        Complete = options.Partners >= outcomes.Length - 1;
        _reach = Complete ? outcomes.Length - 1 : Math.Max(1, options.Partners / 2);
        Treated = treated.Count(one => one);
    }

    internal int Treated { get; }

    internal int Trimmed { get; private set; }

    internal bool Complete { get; }

    internal long Count => Complete ? (long)_outcomes.Length * (_outcomes.Length - 1) / 2 : (long)_outcomes.Length * _reach;

    private ReadOnlySpan<double> Design(int unit) => _design.AsSpan(unit * _width, _width);

    /// <returns>Null where a model has no finite solution.</returns>
    internal Models? FitModels()
    {
        var propensity = LogisticRegression.Fit(_width, visit =>
        {
            for (var i = 0; i < _outcomes.Length; i++)
            {
                visit(Design(i), _treated[i] ? 1 : 0);
            }
        });
        if (propensity is not { } pi)
        {
            return null;
        }

        for (var i = 0; i < _outcomes.Length; i++)
        {
            var estimate = LogisticRegression.Mean(Design(i), pi.Coefficients);
            _propensities[i] = Math.Clamp(estimate, _floor, 1 - _floor);
            Trimmed += _propensities[i] == estimate ? 0 : 1;
        }

        var features = new double[PairWidth];
        var winning = LogisticRegression.Fit(PairWidth, visit => Visit((i, j) =>
        {
            if (_treated[i] != _treated[j])
            {
                var (treated, untreated) = _treated[i] ? (i, j) : (j, i);
                Features(treated, untreated, features);
                visit(features, Wins(treated, untreated));
            }
        }));
        if (winning is not { } g || Cholesky.Factor(pi.Information) is not { } piFactor || Cholesky.Factor(g.Information) is not { } gFactor)
        {
            return null;
        }

        return new Models(pi.Coefficients, g.Coefficients, piFactor, gFactor);
    }

    internal double Effect(Models models)
    {
        var (sum, features) = (0.0, new double[PairWidth]);
        Visit((i, j) => sum += Kernel(i, j, models, features) + Kernel(j, i, models, features));
        return sum / (2 * Count);
    }

    /// <summary>Variance of the effect: the pairs' influence, added up for units that share pairs.</summary>
    internal double Variance(Models models, double delta)
    {
        var features = new double[PairWidth];
        var byPropensity = new double[_width];
        var byWinning = new double[PairWidth];
        Visit((i, j) =>
        {
            Slopes(i, j, models, features, byPropensity, byWinning);
            Slopes(j, i, models, features, byPropensity, byWinning);
        });

        // How δ moves with the coefficients times how these move with the data: for the mean of φ over ordered pairs.
        var onUnit = models.PropensityFactor.Solve(byPropensity);
        var onPair = models.WinningFactor.Solve(byWinning);
        double ordered = 2.0 * Count, units = _outcomes.Length, squares = 0;
        var unitScores = new double[_outcomes.Length];
        for (var i = 0; i < unitScores.Length; i++)
        {
            var mean = LogisticRegression.Mean(Design(i), models.Propensity);
            unitScores[i] = Dot(onUnit, Design(i)) * ((_treated[i] ? 1 : 0) - mean) / ordered;
        }

        var sums = new double[_outcomes.Length];
        Visit((i, j) =>
        {
            var influence = ((Kernel(i, j, models, features) + Kernel(j, i, models, features) - (2 * delta)) / ordered) + PairScore(i, j) + PairScore(j, i);
            sums[i] += influence;
            sums[j] += influence;
            squares += influence * influence;
        });
        var total = 0.0;
        for (var i = 0; i < sums.Length; i++)
        {
            var own = sums[i] + unitScores[i];
            total += own * own;
        }

        // Each pair was counted with both of its units. A complete set keeps the double count: it is what makes up for small samples.
        return (Complete ? total : total - squares) * units / (units - 1);

        double PairScore(int i, int j)
        {
            if (!_treated[i] || _treated[j])
            {
                return 0;
            }

            Features(i, j, features);
            return Dot(onPair, features) * (Wins(i, j) - LogisticRegression.Mean(features, models.Winning)) / ordered;
        }
    }

    private int PairWidth => (2 * _width) - 1;

    private double Wins(int i, int j) => _outcomes[i] > _outcomes[j] ? 1 : _outcomes[i] == _outcomes[j] ? 0.5 : 0;

    // φ_ij
    private double Kernel(int i, int j, Models models, double[] features)
    {
        Features(i, j, features);
        var expected = LogisticRegression.Mean(features, models.Winning);
        return _treated[i] && !_treated[j]
            ? ((Wins(i, j) - expected) / (_propensities[i] * (1 - _propensities[j]))) + expected
            : expected;
    }

    private void Slopes(int i, int j, Models models, double[] features, double[] byPropensity, double[] byWinning)
    {
        Features(i, j, features);
        var expected = LogisticRegression.Mean(features, models.Winning);
        var weight = _treated[i] && !_treated[j] ? 1 / (_propensities[i] * (1 - _propensities[j])) : 0;
        for (var k = 0; k < features.Length; k++)
        {
            byWinning[k] += (1 - weight) * expected * (1 - expected) * features[k];
        }

        if (weight > 0)
        {
            var surprise = weight * (Wins(i, j) - expected);
            ReadOnlySpan<double> one = Design(i), other = Design(j);
            for (var k = 0; k < one.Length; k++)
            {
                byPropensity[k] += surprise * ((_propensities[j] * other[k]) - ((1 - _propensities[i]) * one[k]));
            }
        }
    }

    private void Features(int i, int j, double[] features)
    {
        Design(i).CopyTo(features);
        Design(j)[1..].CopyTo(features.AsSpan(_width));
    }

    private void Visit(Action<int, int> pair)
    {
        var n = _outcomes.Length;
        for (var at = 0; at < n; at++)
        {
            if (Complete)
            {
                for (var other = at + 1; other < n; other++)
                {
                    pair(at, other);
                }

                continue;
            }

            for (var step = 1; step <= _reach; step++)
            {
                pair(_circle[at], _circle[(at + step) % n]);
            }
        }
    }

    private static double Dot(ReadOnlySpan<double> one, ReadOnlySpan<double> other)
    {
        var sum = 0.0;
        for (var k = 0; k < one.Length; k++)
        {
            sum += one[k] * other[k];
        }

        return sum;
    }

    private static int[] Circle(int units, ulong seed)
    {
        var circle = Enumerable.Range(0, units).ToArray();
        var random = new SplitMix64(seed);
        for (var last = units - 1; last > 0; last--)
        {
            var at = (int)(random.NextDouble() * (last + 1));
            (circle[at], circle[last]) = (circle[last], circle[at]);
        }

        return circle;
    }

    /// <param name="Propensity">Coefficients of logit π.</param>
    /// <param name="Winning">Coefficients of logit g: intercept, covariates of the treated unit, covariates of the other.</param>
    /// <param name="PropensityFactor">Factor of the information of π.</param>
    /// <param name="WinningFactor">Factor of the information of g.</param>
    internal sealed record Models(double[] Propensity, double[] Winning, Cholesky PropensityFactor, Cholesky WinningFactor);
}
