using System.Runtime.InteropServices;

namespace Noah.Bench.Peers;

/// <summary>The C interface of HiGHS 1.12, which comes with OR-Tools.</summary>
internal static class Highs
{
    public const int Columnwise = 1;
    public const int Maximise = -1;
    public const int Optimal = 7;

    /// <summary>What "optimal" turns into without crossover, since the vertex duals that HiGHS checks at the end are missing then.</summary>
    public const int Unknown = 15;

    private const string Library = "libhighs.so.1";

    [DllImport(Library, EntryPoint = "Highs_create"), DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory)]
    public static extern nint Create();

    [DllImport(Library, EntryPoint = "Highs_destroy"), DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory)]
    public static extern void Destroy(nint highs);

    [DllImport(Library, EntryPoint = "Highs_run"), DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory)]
    public static extern int Run(nint highs);

    [DllImport(Library, EntryPoint = "Highs_getModelStatus"), DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory)]
    public static extern int ModelStatus(nint highs);

    [DllImport(Library, EntryPoint = "Highs_setBoolOptionValue"), DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory)]
    public static extern int SetBool(nint highs, byte[] option, int value);

    [DllImport(Library, EntryPoint = "Highs_setDoubleOptionValue"), DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory)]
    public static extern int SetDouble(nint highs, byte[] option, double value);

    [DllImport(Library, EntryPoint = "Highs_setStringOptionValue"), DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory)]
    public static extern int SetString(nint highs, byte[] option, byte[] value);

    [DllImport(Library, EntryPoint = "Highs_passLp"), DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory)]
    public static extern int PassLp(
        nint highs,
        int columns,
        int rows,
        int entries,
        int format,
        int sense,
        double offset,
        double[] costs,
        double[] columnLower,
        double[] columnUpper,
        double[] rowLower,
        double[] rowUpper,
        int[] start,
        int[] index,
        double[] value);

    [DllImport(Library, EntryPoint = "Highs_getSolution"), DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory)]
    public static extern int Solution(nint highs, double[] columnValue, double[] columnDual, double[] rowValue, double[] rowDual);
}
