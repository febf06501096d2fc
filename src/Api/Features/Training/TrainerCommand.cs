using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Noah.Api.Features.Training;

/// <summary>How the trainer is started: this build, in an environment that holds nothing but where libraries lie and what it may use.</summary>
internal static class TrainerCommand
{
    // Of the limit; the rest is for what libtorch allocates outside the managed heap.
    private const double ManagedShare = 0.75;

    // Everything else, connection strings and paths of secrets among it, stays behind.
    private static readonly string[] Inherited =
    [
        "PATH", "LANG", "LC_ALL", "TZ", "LD_LIBRARY_PATH", "DOTNET_ROOT", "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT",
        "CUDA_VISIBLE_DEVICES", "NVIDIA_VISIBLE_DEVICES", "NVIDIA_DRIVER_CAPABILITIES",
    ];

    public static ProcessStartInfo Create(string kind, string folder, TrainerOptions options)
    {
        var start = new ProcessStartInfo
        {
            FileName = Launcher(),
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(typeof(TrainerCommand).Assembly.Location);
        start.ArgumentList.Add(TrainerProgram.Verb);
        start.ArgumentList.Add(kind);
        start.ArgumentList.Add(folder);
        start.ArgumentList.Add(options.MemoryBytes.ToString(CultureInfo.InvariantCulture));
        var kept = Inherited.Select(name => (name, Environment.GetEnvironmentVariable(name))).Where(pair => pair.Item2 is not null).ToArray();
        start.Environment.Clear();
        foreach (var (name, value) in kept)
        {
            start.Environment[name] = value;
        }

        var threads = options.Threads.ToString(CultureInfo.InvariantCulture);
        start.Environment["TMPDIR"] = folder;
        start.Environment["OMP_NUM_THREADS"] = threads;
        start.Environment["OMP_WAIT_POLICY"] = "PASSIVE";
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_GCHeapHardLimit"] = ((long)(ManagedShare * options.MemoryBytes)).ToString("X", CultureInfo.InvariantCulture);
        // No socket to attach to, and no dump of members' rows.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        return start;
    }

    // The host may run as the dotnet command or, in tests, under a program of another name: the command stands above the shared runtime.
    private static string Launcher()
    {
        var beside = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
        return File.Exists(beside) ? beside : "dotnet";
    }
}
