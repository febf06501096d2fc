using System.Globalization;

namespace Noah.Cli.LocalServices;

/// <summary>What a running server says of itself in its data folder (postmaster.pid).</summary>
internal sealed record PostmasterFile(int ProcessId, int Port, string SocketFolder, bool Ready)
{
    private const int PortLine = 3;
    private const int SocketLine = 4;
    private const int StatusLine = 7;

    /// <summary>The server that runs on a data folder, or null: no file, or a file that a crash left behind.</summary>
    public static PostmasterFile? OfRunningServer(string dataFolder)
    {
        var lines = Lines(dataFolder);
        if (lines.Length == 0 || !int.TryParse(lines[0], CultureInfo.InvariantCulture, out var processId) || !Runs(processId, dataFolder))
        {
            return null;
        }

        var port = lines.Length > PortLine && int.TryParse(lines[PortLine], CultureInfo.InvariantCulture, out var value) ? value : 0;
        var ready = lines.Length > StatusLine && lines[StatusLine].Trim() == "ready";
        return new PostmasterFile(processId, port, lines.Length > SocketLine ? lines[SocketLine].Trim() : "", ready);
    }

    /// <summary>Removes what a crash left behind; to be called only when no server runs on the folder.</summary>
    public static void RemoveStale(string dataFolder) => File.Delete(Path.Combine(dataFolder, "postmaster.pid"));

    private static string[] Lines(string dataFolder)
    {
        try
        {
            return File.ReadAllLines(Path.Combine(dataFolder, "postmaster.pid"));
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
    }

    // The number alone proves nothing: after a restart of the machine it may be anyone's. A server's working folder is its data folder.
    private static bool Runs(int processId, string dataFolder)
    {
        try
        {
            var folder = new FileInfo($"/proc/{processId.ToString(CultureInfo.InvariantCulture)}/cwd").LinkTarget;
            return folder is not null && Path.GetFullPath(folder) == Path.GetFullPath(dataFolder);
        }
        catch (Exception hidden) when (hidden is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
