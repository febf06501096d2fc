using System.Runtime.ExceptionServices;

namespace Noah.Prediction.Parallelism;

/// <summary>Parts of one piece of work, shared among threads: whoever is free takes the next.</summary>
internal static class WorkShare
{
    /// <summary>Runs all parts.</summary>
    /// <param name="parts">At least 0.</param>
    /// <param name="threads">At least 1; the caller's is one of them.</param>
    /// <param name="work">Of a part; what it throws is thrown on.</param>
    public static void For(int parts, int threads, Action<int> work)
    {
        if (threads == 1 || parts < 2)
        {
            for (int part = 0; part < parts; part++)
            {
                work(part);
            }
            return;
        }
        try
        {
            Parallel.For(0, parts, new ParallelOptions { MaxDegreeOfParallelism = threads }, work);
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }
}
