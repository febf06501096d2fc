using System.Runtime.InteropServices;

namespace Noah.Cli.LocalServices;

/// <summary>The two system calls that .NET does not offer.</summary>
internal static class NativeProcess
{
    public const int Interrupt = 2;
    public const int Quit = 3;
    public const int Kill = 9;
    public const int Terminate = 15;

    public static int UserId => (int)EffectiveUserId();

    public static bool IsRoot => UserId == 0;

    public static bool Exists(int processId) => Signal(processId, 0) == 0 || Marshal.GetLastPInvokeError() != 3;

    public static void SendToProcess(int processId, int signal) => _ = Signal(processId, signal);

    public static void SendToGroup(int processId, int signal) => _ = Signal(-processId, signal);

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Signal(int processId, int signal);

    [DllImport("libc", EntryPoint = "geteuid")]
    private static extern uint EffectiveUserId();
}
