namespace Noah.Optimization.Programs;

/// <summary>Brings nearly feasible probabilities inside [0, 1] and the frequency and channel caps, exactly up to the last bit of a sum.</summary>
internal static class UnitCaps
{
    public static void Enforce(AllocationProgram program, Span<double> x)
    {
        for (var unit = 0; unit < program.UnitCount; unit++)
        {
            var first = program.RowStart[unit];
            Enforce(program, unit, x[first..program.RowStart[unit + 1]]);
        }
    }

    /// <summary>The same for one unit.</summary>
    public static void Enforce(AllocationProgram program, int unit, Span<double> ofUnit)
    {
        var first = program.RowStart[unit];
        foreach (ref var probability in ofUnit)
        {
            probability = Math.Clamp(probability, 0, 1);
        }

        for (var channel = 0; channel < program.Limits.Channels; channel++)
        {
            Shrink(program, ofUnit, first, channel, program.Limits.ChannelCap(unit, channel));
        }

        Shrink(program, ofUnit, first, null, program.Limits.Cap(unit));
    }

    private static void Shrink(AllocationProgram program, Span<double> x, int first, int? channel, int cap)
    {
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            sum += Counts(program, first + i, channel) ? x[i] : 0;
        }

        for (var i = 0; sum > cap && i < x.Length; i++)
        {
            x[i] *= Counts(program, first + i, channel) ? cap / sum : 1;
        }
    }

    private static bool Counts(AllocationProgram program, int edge, int? channel) =>
        channel is not { } of || program.Limits.ChannelOf(program.Actions[edge]) == of;
}
