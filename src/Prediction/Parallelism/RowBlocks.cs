namespace Noah.Prediction.Parallelism;

/// <summary>Shares the rows of one call among threads. Which thread has a row changes nothing about it.</summary>
internal static class RowBlocks
{
    // Below this the second thread is awake when the first one has finished.
    private const int FewestRows = 128;

    /// <summary>Runs the work on all rows, in blocks side by side.</summary>
    /// <param name="rows">At least 0.</param>
    /// <param name="most">Rows of a block, at most; a multiple of 128.</param>
    /// <param name="threads">At least 1.</param>
    /// <param name="work">Of a block, by its first row and its number of rows.</param>
    public static void For(int rows, int most, int threads, Action<int, int> work)
    {
        // A call of fewer rows than a block for each thread is cut in as many parts as there are threads.
        int share = (rows + threads - 1) / threads;
        int size = Math.Clamp((share + FewestRows - 1) / FewestRows * FewestRows, FewestRows, most);
        WorkShare.For((rows + size - 1) / size, threads, block => work(block * size, Math.Min(size, rows - (block * size))));
    }
}
