using Noah.Experimentation.Inference;

namespace Noah.Experimentation.Health;

/// <summary>An A/A test on what arms were before: every arm against the first, Welch, Holm-adjusted over metrics and arms.</summary>
internal static class PrePeriodFindings
{
    internal static IEnumerable<HealthFinding> Of(HealthInput input, HealthOptions options)
    {
        var contrasts = input.PrePeriod
            .SelectMany(metric => Enumerable.Range(1, input.Arms.Count - 1).Select(arm => (Metric: metric, Arm: arm)))
            .Select(pair => (pair.Metric, pair.Arm, Result: WelchTest.Compare(pair.Metric.Arms[pair.Arm], pair.Metric.Arms[0])))
            .ToArray();
        var adjusted = HolmCorrection.Adjust([.. contrasts.Select(contrast => contrast.Result.PValue)]);
        for (var i = 0; i < contrasts.Length; i++)
        {
            if (!(adjusted[i] < options.Threshold))
            {
                continue;
            }

            var (metric, arm, result) = contrasts[i];
            var standardized = result.Difference!.Value / metric.Arms[arm].Merge(metric.Arms[0]).StandardDeviation!.Value;
            yield return new HealthFinding(
                HealthFindingKind.PrePeriodBias, true, metric.Metric, adjusted[i], standardized,
                HealthCheck.Text($"Before the experiment '{metric.Metric}' of '{input.Arms[arm]}' was {standardized:F3} standard deviations ")
                    + HealthCheck.Text($"from that of '{input.Arms[0]}' (adjusted p = {adjusted[i]:G3})."));
        }
    }
}
