using Noah.Experimentation.Inference;

namespace Noah.Experimentation.Health;

/// <summary>Days that lack outcomes or are lacking, and outcomes that are not in yet.</summary>
internal static class LogFindings
{
    internal static IEnumerable<HealthFinding> Of(HealthInput input, HealthOptions options) =>
        Gaps(input).Concat(Silent(input, options)).Concat(Late(input, options));

    private static IEnumerable<HealthFinding> Gaps(HealthInput input)
    {
        DateOnly[] dates = [.. input.Days.Select(day => day.Date).Order()];
        foreach (var (before, after) in dates.Zip(dates.Skip(1)))
        {
            if (after.DayNumber - before.DayNumber > 1)
            {
                var missing = before.AddDays(1);
                yield return new HealthFinding(
                    HealthFindingKind.MissingLogs, true, HealthCheck.Text($"{missing:yyyy-MM-dd}"), null, after.DayNumber - before.DayNumber - 1,
                    HealthCheck.Text($"The log holds nothing for {after.DayNumber - before.DayNumber - 1} days from {missing:yyyy-MM-dd}."));
            }
        }
    }

    // The first day is short by nature and sets no alarm; nor does the last, which is not over.
    private static IEnumerable<HealthFinding> Silent(HealthInput input, HealthOptions options)
    {
        var days = input.Days.OrderBy(day => day.Date).ToArray();
        for (var arm = 0; arm < input.Arms.Count && days.Length > 2; arm++)
        {
            var sorted = days.Select(day => day.Outcomes[arm]).Order().ToArray();
            var median = (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2.0;
            if (median < options.OutcomesForGaps)
            {
                continue;
            }

            foreach (var day in days[1..^1])
            {
                if (day.Outcomes[arm] < options.GapShare * median)
                {
                    yield return new HealthFinding(
                        HealthFindingKind.MissingLogs, true, HealthCheck.Text($"{day.Date:yyyy-MM-dd}"), null, day.Outcomes[arm] / median,
                        HealthCheck.Text($"{day.Date:yyyy-MM-dd}: '{input.Arms[arm]}' has {day.Outcomes[arm]} outcomes, its median day {median}: logs are missing."));
                }
            }
        }
    }

    private static IEnumerable<HealthFinding> Late(HealthInput input, HealthOptions options)
    {
        if (input.MaturedUnits.Count == 0)
        {
            yield break;
        }

        long[] units = [.. Enumerable.Range(0, input.Arms.Count).Select(arm => input.Days.Sum(day => day.NewUnits[arm]))];
        var total = units.Sum();
        var share = total > 0 ? (double)input.MaturedUnits.Sum() / total : 1;
        if (share < options.MaturedShare)
        {
            yield return new HealthFinding(
                HealthFindingKind.LateData, false, null, null, share,
                HealthCheck.Text($"{share:P0} of the units have a complete outcome window: the effect shown is that of the others' first days too."));
        }

        // Arms that mature at different speeds compare different ages.
        for (var arm = 1; arm < units.Length; arm++)
        {
            var result = ProportionTest.Compare(
                new(units[arm], Math.Min(units[arm], input.MaturedUnits[arm])), new(units[0], Math.Min(units[0], input.MaturedUnits[0])));
            if (result.PValue * (units.Length - 1) < options.Threshold)
            {
                yield return new HealthFinding(
                    HealthFindingKind.LateData, true, input.Arms[arm], result.PValue * (units.Length - 1), result.Difference!.Value,
                    HealthCheck.Text($"'{input.Arms[arm]}' and '{input.Arms[0]}' have outcomes of different age: complete shares differ by {result.Difference:P1}."));
            }
        }
    }
}
