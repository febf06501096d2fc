namespace Noah.Optimization.Programs;

/// <summary>Brings nearly feasible probabilities inside [0, 1] and the frequency caps, exactly up to the last bit of a sum.</summary>
internal static class UnitCaps
{
    public static void Enforce(AllocationProgram program, Span<double> x)
    {
        for (var unit = 0; unit < program.UnitCount; unit++)
        {
            var ofUnit = x[program.RowStart[unit]..program.RowStart[unit + 1]];
            var sum = 0.0;
            foreach (ref var probability in ofUnit)
            {
                probability = Math.Clamp(probability, 0, 1);
                sum += probability;
            }

            if (sum > program.FrequencyCaps[unit])
            {
                foreach (ref var probability in ofUnit)
                {
                    probability *= program.FrequencyCaps[unit] / sum;
                }
            }
        }
    }
}
