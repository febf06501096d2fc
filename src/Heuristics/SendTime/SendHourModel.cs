namespace Noah.Heuristics.SendTime;

/// <summary>
/// When to send to a member: its own engagements by local hour, shrunk to the population's histogram (Dirichlet prior), drawn among the
/// allowed hours, with a control share at a baseline hour. Send time is not in NOAH (noah.md §5): a second stage of our own that no
/// plan's rule depends on. Immutable.
/// </summary>
public sealed class SendHourModel
{
    private readonly double[] _population;
    private readonly SendHourOptions _options;

    /// <summary>Normalises the population's histogram.</summary>
    /// <param name="populationCounts">Engagements of all members by local hour, ≥ 0; shape [24]. All zero means that every hour is
    /// alike.</param>
    /// <param name="options">Settings; null for the defaults.</param>
    /// <exception cref="ArgumentException">A length, count or option is out of range.</exception>
    public SendHourModel(ReadOnlySpan<double> populationCounts, SendHourOptions? options = null)
    {
        _options = options ?? new SendHourOptions();
        _options.Validate();
        var total = HourCounts.CheckAndSum(populationCounts, nameof(populationCounts));
        _population = new double[HourCounts.Hours];
        for (var hour = 0; hour < _population.Length; hour++)
        {
            // One pseudo-count an hour keeps an hour that nobody was mailed in from being ruled out for ever.
            _population[hour] = (populationCounts[hour] + 1) / (total + HourCounts.Hours);
        }
    }

    /// <summary>The population's smoothed histogram; sums to 1; shape [24].</summary>
    public ReadOnlySpan<double> Population => _population;

    /// <summary>Posterior mean of a member's hours.</summary>
    /// <param name="memberCounts">The member's engagements by local hour, ≥ 0; shape [24].</param>
    /// <returns>Shares that sum to 1; shape [24].</returns>
    /// <exception cref="ArgumentException">A length or count is out of range.</exception>
    public double[] Posterior(ReadOnlySpan<double> memberCounts)
    {
        var total = HourCounts.CheckAndSum(memberCounts, nameof(memberCounts));
        var shares = new double[HourCounts.Hours];
        for (var hour = 0; hour < shares.Length; hour++)
        {
            shares[hour] = total + _options.PriorStrength > 0
                ? (memberCounts[hour] + (_options.PriorStrength * _population[hour])) / (total + _options.PriorStrength)
                : _population[hour];
        }

        return shares;
    }

    /// <summary>Probability of each hour under the whole design, control included.</summary>
    /// <param name="memberCounts">The member's engagements by local hour, ≥ 0; shape [24].</param>
    /// <param name="allowedHours">Whether each local hour may be used (outside quiet hours); shape [24].</param>
    /// <returns>Probabilities that sum to 1; all 0 when no hour is allowed; shape [24].</returns>
    /// <exception cref="ArgumentException">A length or count is out of range.</exception>
    public double[] Probabilities(ReadOnlySpan<double> memberCounts, ReadOnlySpan<bool> allowedHours)
    {
        var probabilities = Modelled(memberCounts, allowedHours);
        if (ControlHour(allowedHours) is { } control)
        {
            for (var hour = 0; hour < probabilities.Length; hour++)
            {
                probabilities[hour] = ((1 - _options.ControlShare) * probabilities[hour]) + (hour == control ? _options.ControlShare : 0);
            }
        }

        return probabilities;
    }

    /// <summary>Chooses an hour. Deterministic in its arguments.</summary>
    /// <param name="memberCounts">The member's engagements by local hour, ≥ 0; shape [24].</param>
    /// <param name="allowedHours">Whether each local hour may be used (outside quiet hours); shape [24].</param>
    /// <param name="controlDraw">A uniform number in [0, 1): below the control share the member is a control.</param>
    /// <param name="hourDraw">A uniform number in [0, 1), independent of the first: draws the hour of the others.</param>
    /// <param name="choice">The hour, its probability and the reason.</param>
    /// <returns>False when no hour is allowed.</returns>
    /// <exception cref="ArgumentException">A length, count or draw is out of range.</exception>
    public bool TryChoose(ReadOnlySpan<double> memberCounts, ReadOnlySpan<bool> allowedHours, double controlDraw, double hourDraw, out HourChoice choice)
    {
        UniformDraw.Check(controlDraw, nameof(controlDraw));
        UniformDraw.Check(hourDraw, nameof(hourDraw));
        choice = default;
        var modelled = Modelled(memberCounts, allowedHours);
        if (ControlHour(allowedHours) is not { } controlHour)
        {
            return false;
        }

        var isControl = controlDraw < _options.ControlShare;
        var hour = isControl ? controlHour : UniformDraw.Pick(modelled, hourDraw);
        var reason = allowedHours.Count(true) == 1 ? HourReason.OnlyAllowedHour
            : isControl ? HourReason.Control
            : IsPersonal(memberCounts) ? HourReason.Personal
            : HourReason.Population;
        choice = new HourChoice(hour, Probabilities(memberCounts, allowedHours)[hour], reason);
        return true;
    }

    private double[] Modelled(ReadOnlySpan<double> memberCounts, ReadOnlySpan<bool> allowedHours)
    {
        if (allowedHours.Length != HourCounts.Hours)
        {
            throw new ArgumentException($"Length {allowedHours.Length} must be {HourCounts.Hours}.", nameof(allowedHours));
        }

        var weights = Posterior(memberCounts);
        var greatest = 0.0;
        for (var hour = 0; hour < weights.Length; hour++)
        {
            greatest = allowedHours[hour] ? Math.Max(greatest, weights[hour]) : greatest;
        }

        var total = 0.0;
        for (var hour = 0; hour < weights.Length; hour++)
        {
            // Relative to the greatest, so that a high power cannot underflow all of them.
            weights[hour] = allowedHours[hour] ? greatest > 0 ? Math.Pow(weights[hour] / greatest, _options.Sharpness) : 1 : 0;
            total += weights[hour];
        }

        return total > 0 ? Array.ConvertAll(weights, weight => weight / total) : weights;
    }

    private int? ControlHour(ReadOnlySpan<bool> allowedHours)
    {
        for (var later = 0; later < HourCounts.Hours; later++)
        {
            var hour = (_options.BaselineHour + later) % HourCounts.Hours;
            if (allowedHours[hour])
            {
                return hour;
            }
        }

        return null;
    }

    private bool IsPersonal(ReadOnlySpan<double> memberCounts)
    {
        var total = HourCounts.CheckAndSum(memberCounts, nameof(memberCounts));
        return total > 0 && total >= _options.PriorStrength;
    }
}
