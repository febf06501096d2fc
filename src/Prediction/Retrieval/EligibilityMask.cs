namespace Noah.Prediction.Retrieval;

/// <summary>One bit per row: row r is bit r mod 64 of word r / 64, as the host's attribute bitmaps are.</summary>
internal static class EligibilityMask
{
    public static void Require(ReadOnlySpan<ulong> eligible, int rows)
    {
        int words = (rows + 63) / 64;
        if (!eligible.IsEmpty && eligible.Length != words)
        {
            throw new ArgumentException(
                $"The mask has {eligible.Length} words; {rows} rows need {words}, or none at all for everyone.", nameof(eligible));
        }
    }

    public static bool Allows(ReadOnlySpan<ulong> mask, int row) => mask.IsEmpty || (mask[row >> 6] >> (row & 63) & 1) != 0;
}
