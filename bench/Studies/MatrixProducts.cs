using TorchSharp;

namespace Noah.Bench.Studies;

/// <summary>
/// Bare matrix products of a network's size on one thread: what the machine gives at that moment, so that rates from a busy one can be read.
/// </summary>
internal static class MatrixProducts
{
    private const int Rows = 4096, Inputs = 180, Outputs = 256;
    private const double Seconds = 1;

    /// <summary>Multiplications and additions per processor second.</summary>
    public static double OperationsPerSecond()
    {
        torch.set_num_threads(1);
        using var scope = torch.NewDisposeScope();
        torch.Tensor left = torch.ones(Rows, Inputs), right = torch.ones(Inputs, Outputs);
        torch.mm(left, right).Dispose();
        var start = Environment.CpuUsage.TotalTime;
        long products = 0;
        TimeSpan spent;
        do
        {
            torch.mm(left, right).Dispose();
            products++;
            spent = Environment.CpuUsage.TotalTime - start;
        }
        while (spent.TotalSeconds < Seconds);
        return products * 2.0 * Rows * Inputs * Outputs / spent.TotalSeconds;
    }
}
