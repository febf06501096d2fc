using System.Globalization;
using System.Runtime.InteropServices;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Tests.Features.Training;

/// <summary>The process that trains for one operation, found as an operator would: in the table of processes, by the operation's id in its arguments.</summary>
internal sealed record TrainerChild(int ProcessId)
{
    public const int Abort = 6;

    public bool Lives => Directory.Exists($"/proc/{ProcessId}");

    public IReadOnlyList<string> EnvironmentNames =>
        [.. File.ReadAllText($"/proc/{ProcessId}/environ").Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(entry => entry.Split('=')[0])];

    public static async Task<TrainerChild> FindAsync(string operation)
    {
        Assert.True(PublicId.TryParse("op", operation["operations/".Length..], out var id));
        for (var attempt = 0; attempt < 600; attempt++)
        {
            if (Find(id.ToString("N")) is { } child)
            {
                return child;
            }

            await Task.Delay(50);
        }

        throw new TimeoutException($"No process trains for {operation}.");
    }

    public static TrainerChild? Find(string argument) => Directory.EnumerateDirectories("/proc")
        .Where(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out _) && CommandLine(path).Contains(argument, StringComparison.Ordinal))
        .Select(path => new TrainerChild(int.Parse(Path.GetFileName(path), CultureInfo.InvariantCulture)))
        .FirstOrDefault();

    public void Signal(int signal) => Assert.Equal(0, Kill(ProcessId, signal));

    private static string CommandLine(string path)
    {
        try
        {
            return File.ReadAllText(Path.Combine(path, "cmdline"));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int processId, int signal);
}
