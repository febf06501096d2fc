using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Triggering;

/// <summary>Weighted mean per arm with its linearised error; with weights of one it is the plain mean and S/√n.</summary>
internal struct WeightedMeans
{
    private readonly List<(double Value, double Weight)> _treatment = [];
    private readonly List<(double Value, double Weight)> _control = [];

    public WeightedMeans()
    {
    }

    internal readonly void Add(bool treated, double value, double weight) => (treated ? _treatment : _control).Add((value, weight));

    internal readonly TriggeredContrast Contrast(double confidence)
    {
        var treatment = Of(_treatment);
        var control = Of(_control);
        if (treatment is not { } one || control is not { } other)
        {
            return new TriggeredContrast(_treatment.Count, _control.Count, treatment?.Mean, control?.Mean, null, null, null, null);
        }

        var error = double.Hypot(one.Error, other.Error);
        var difference = one.Mean - other.Mean;

        // Welch and Satterthwaite, with Kish's effective numbers.
        var degrees = error > 0
            ? Math.Pow(error, 4) / ((Math.Pow(one.Error, 4) / (one.Effective - 1)) + (Math.Pow(other.Error, 4) / (other.Effective - 1)))
            : double.PositiveInfinity;
        return new TriggeredContrast(
            _treatment.Count, _control.Count, one.Mean, other.Mean, difference, error,
            error > 0 ? Tails.StudentTwoSided(difference / error, degrees) : null,
            Interval.Around(difference, error > 0 ? Tails.StudentCritical(confidence, degrees) * error : 0));
    }

    private static (double Mean, double Error, double Effective)? Of(List<(double Value, double Weight)> rows)
    {
        double weights = 0, squares = 0, sum = 0;
        foreach (var (value, weight) in rows)
        {
            weights += weight;
            squares += weight * weight;
            sum += weight * value;
        }

        var effective = squares > 0 ? weights * weights / squares : 0;
        if (rows.Count < 2 || effective <= 1)
        {
            return null;
        }

        var mean = sum / weights;
        var spread = 0.0;
        foreach (var (value, weight) in rows)
        {
            var part = weight * (value - mean) / weights;
            spread += part * part;
        }

        return (mean, Math.Sqrt(spread * effective / (effective - 1)), effective);
    }
}
