namespace Noah.Experimentation.Inference;

/// <summary>Everything rank tests need from one merge of two sorted samples, ties counted half.</summary>
/// <param name="Superiority">Share of pairs with treatment above control, plus half the ties.</param>
/// <param name="TieSum">Σ (t³ − t) over blocks of t equal values.</param>
/// <param name="PlacementVariance">DeLong variance of the superiority; null below two values in an arm.</param>
internal readonly record struct RankComparison(double Superiority, double TieSum, double? PlacementVariance)
{
    internal static RankComparison Of(
        ReadOnlySpan<double> treatment,
        ReadOnlySpan<double> control,
        long treatmentZeros = 0,
        long controlZeros = 0)
    {
        double n1 = treatment.Length + treatmentZeros;
        double n0 = control.Length + controlZeros;
        double below1 = 0, below0 = 0, tieSum = 0;
        double sum1 = 0, squares1 = 0, sum0 = 0, squares0 = 0;

        void Block(double count1, double count0)
        {
            // Placements minus ½: with 99 % ties nearly all are there, and the squares keep their digits.
            var placement1 = ((below0 + (count0 / 2)) / n0) - 0.5;
            var placement0 = ((n1 - below1 - (count1 / 2)) / n1) - 0.5;
            sum1 += count1 * placement1;
            squares1 += count1 * placement1 * placement1;
            sum0 += count0 * placement0;
            squares0 += count0 * placement0 * placement0;
            var ties = count1 + count0;
            tieSum += ((ties * ties) - 1) * ties;
            below1 += count1;
            below0 += count0;
        }

        if (treatmentZeros + controlZeros > 0)
        {
            Block(treatmentZeros, controlZeros);
        }

        int i = 0, j = 0;
        while (i < treatment.Length || j < control.Length)
        {
            var value = j >= control.Length || (i < treatment.Length && treatment[i] <= control[j]) ? treatment[i] : control[j];
            int firstTreatment = i, firstControl = j;
            while (i < treatment.Length && treatment[i] == value)
            {
                i++;
            }

            while (j < control.Length && control[j] == value)
            {
                j++;
            }

            Block(i - firstTreatment, j - firstControl);
        }

        double? variance = n1 < 2 || n0 < 2
            ? null
            : (Math.Max(0, squares1 - (sum1 * sum1 / n1)) / ((n1 - 1) * n1))
                + (Math.Max(0, squares0 - (sum0 * sum0 / n0)) / ((n0 - 1) * n0));
        return new RankComparison((sum1 / n1) + 0.5, tieSum, variance);
    }

    /// <summary>Null standard deviation of the superiority under exchangeability; 0 when all values are equal.</summary>
    internal double NullDeviation(double n1, double n0)
    {
        var n = n1 + n0;
        return Math.Sqrt(Math.Max(0, n + 1 - (TieSum / (n * (n - 1)))) / (12 * n1 * n0));
    }
}
