using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Noah.Api.Features.Training;

/// <summary>Bounds that the trainer's process sets itself before it reads a row.</summary>
internal static class TrainerLimits
{
    // Of Linux, asm-generic/resource.h. RLIMIT_DATA counts what may be written to; RLIMIT_AS would count the address space that .NET only reserves.
    private const int Data = 2, Core = 4;
    private const int Abort = 6;

    /// <summary>Native allocations beyond the limit fail, and no dump with members' rows is ever written. Elsewhere than on Linux only the managed heap is bound.</summary>
    public static void Apply(long memoryBytes)
    {
        if (OperatingSystem.IsLinux())
        {
            Set(Data, (ulong)memoryBytes);
            Set(Core, 0);
            // An abort ends the process at once: the runtime's own handler would look for a debugger first, and ignores one sent from outside.
            _ = SetHandler(Abort, 0);
        }
    }

    /// <summary>Ends this process as soon as the other end of its input is closed: by a worker that gives up, or by the kernel when the worker is killed.</summary>
    public static void EndWith(Stream leash) => new Thread(() =>
    {
        while (leash.ReadByte() >= 0)
        {
            // Nothing is ever sent.
        }

        Process.GetCurrentProcess().Kill();
    })
    { IsBackground = true, Name = "leash" }.Start();

    private static void Set(int resource, ulong value)
    {
        var limit = new Limit { Soft = value, Hard = value };
        if (SetLimit(resource, ref limit) != 0)
        {
            throw new InvalidOperationException($"setrlimit({resource}, {value}) failed with error {Marshal.GetLastPInvokeError()}.");
        }
    }

    [DllImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetLimit(int resource, ref Limit limit);

    [DllImport("libc", EntryPoint = "signal")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint SetHandler(int signal, nint handler);

    [StructLayout(LayoutKind.Sequential)]
    private struct Limit
    {
        public ulong Soft, Hard;
    }
}
