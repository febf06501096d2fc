using Noah.Optimization.Programs;

namespace Noah.Optimization.Certificates;

/// <summary>Caps and ranges of an allocation, unit by unit.</summary>
internal static class UnitCheck
{
    public static (double MaxViolation, int FractionalUnits) Of(AllocationProgram program, EdgeProbabilities x)
    {
        var (violation, fractionalUnits, unit) = (0.0, 0, 0);
        Span<double> channelSums = stackalloc double[program.Limits.Channels];
        for (var i = 0; i < x.Edges.Length;)
        {
            while (x.Edges[i] >= program.RowStartArray[unit + 1])
            {
                unit++;
            }

            var (sum, fractional) = (0.0, false);
            channelSums.Clear();
            for (; i < x.Edges.Length && x.Edges[i] < program.RowStartArray[unit + 1]; i++)
            {
                var probability = x.Values[i];
                violation = Math.Max(violation, Math.Max(-probability, probability - 1));
                fractional |= probability > Certificate.IntegralityTolerance && probability < 1 - Certificate.IntegralityTolerance;
                sum += probability;
                if (!channelSums.IsEmpty && program.Limits.ChannelOf(program.ActionArray[x.Edges[i]]) is var channel and not UnitLimits.NoChannel)
                {
                    channelSums[channel] += probability;
                    violation = Math.Max(violation, channelSums[channel] - program.Limits.ChannelCap(unit, channel));
                }
            }

            violation = Math.Max(violation, sum - program.Limits.Cap(unit));
            fractionalUnits += fractional ? 1 : 0;
        }

        return (violation, fractionalUnits);
    }
}
