using Noah.Experimentation.Inference;
using Noah.Experimentation.Sequential;

namespace Noah.Experimentation.Health;

/// <summary>
/// Sample ratio of the whole, read sequentially as health is looked at daily; where it fails, the days and segments that carry it: a
/// chi-square for each, Holm-adjusted over the days and over the segments of each dimension.
/// </summary>
internal static class RatioFindings
{
    internal static IEnumerable<HealthFinding> Of(HealthInput input, HealthOptions options)
    {
        double[] weights = [.. input.Weights];
        var days = input.Days.OrderBy(day => day.Date).ToArray();
        var followed = SequentialSampleRatio.Follow([.. days.SelectMany(day => day.NewUnits)], weights, options.Threshold);
        List<HealthFinding> located = [.. Located([.. days.Select(day => (HealthCheck.Text($"{day.Date:yyyy-MM-dd}"), day.NewUnits))])];
        foreach (var dimension in input.Segments.GroupBy(segment => segment.Dimension, StringComparer.Ordinal))
        {
            located.AddRange(Located([.. dimension.Select(segment => ($"{segment.Dimension} = {segment.Value}", segment.Units))]));
        }

        if (followed.Verdict == SampleRatioVerdict.Mismatch)
        {
            long[] total = [.. Enumerable.Range(0, weights.Length).Select(arm => days.Sum(day => day.NewUnits[arm]))];
            var (arm, excess) = Furthest(total);
            var start = days[followed.Onset!.Value].Date;
            var carried = located.Count > 0 ? $" Furthest from plan: {string.Join(", ", located.Take(3).Select(finding => finding.Subject))}." : "";
            yield return new HealthFinding(
                HealthFindingKind.SampleRatioMismatch, true, null, followed.PValue, excess,
                HealthCheck.Text($"'{input.Arms[arm]}' has {excess:P1} units against plan, noticed on {start:yyyy-MM-dd} (p = {followed.PValue:G3}).")
                    + carried);
        }

        foreach (var finding in located)
        {
            yield return finding;
        }

        // A cell alone is enough: an error of one segment hides in the whole, and biases it all the same.
        IEnumerable<HealthFinding> Located(IReadOnlyList<(string Subject, IReadOnlyList<long> Units)> cells)
        {
            double?[] p = [.. cells.Select(cell => SampleRatioMismatch.Test([.. cell.Units], weights, options.Threshold).PValue)];
            var adjusted = HolmCorrection.Adjust(p);
            return
                from cell in Enumerable.Range(0, cells.Count)
                where adjusted[cell] < options.Threshold
                orderby adjusted[cell], cell
                let furthest = Furthest([.. cells[cell].Units])
                select new HealthFinding(
                    HealthFindingKind.SampleRatioMismatch, true, cells[cell].Subject, adjusted[cell], furthest.Excess,
                    HealthCheck.Text($"{cells[cell].Subject}: '{input.Arms[furthest.Arm]}' has {furthest.Excess:P1} units against plan ")
                        + HealthCheck.Text($"(adjusted p = {adjusted[cell]:G3})."));
        }

        (int Arm, double Excess) Furthest(long[] counts)
        {
            double total = counts.Sum(), planned = weights.Sum();
            return Enumerable.Range(0, counts.Length)
                .Select(arm => (Arm: arm, Excess: (counts[arm] / (total * weights[arm] / planned)) - 1))
                .MaxBy(pair => Math.Abs(pair.Excess));
        }
    }
}
