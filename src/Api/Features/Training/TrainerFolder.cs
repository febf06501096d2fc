namespace Noah.Api.Features.Training;

/// <summary>
/// The private folder of one training. A lock beside it, held as long as its owner lives, tells whether anybody still needs it: what a worker
/// that was killed has left is removed by the next one that starts.
/// </summary>
internal sealed class TrainerFolder : IDisposable
{
    private const string LockEnding = ".lock";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly FileStream _lock;

    private TrainerFolder(FileStream held, string path) => (_lock, FullName) = (held, path);

    public string FullName { get; }

    /// <param name="root">Made if it is not there; refused if others may read it.</param>
    /// <param name="operationId">Names the folder, so that whoever looks at the machine finds the operation.</param>
    public static TrainerFolder Create(string root, Guid operationId)
    {
        RequirePrivate(root);
        var path = Path.Combine(root, $"{operationId:N}-{Guid.NewGuid():N}");
        var held = new FileStream(path + LockEnding, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        try
        {
            MakePrivate(path);
            return new TrainerFolder(held, path);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Removes folders without a living owner; answers how many.</summary>
    public static int Sweep(string root)
    {
        var removed = 0;
        foreach (var path in Directory.Exists(root) ? Directory.GetFiles(root, "*" + LockEnding) : [])
        {
            try
            {
                using var abandoned = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.None);
                Remove(path[..^LockEnding.Length]);
                removed++;
            }
            catch (IOException)
            {
                // Its owner lives, or another worker is removing it.
            }
        }

        return removed;
    }

    public void Dispose()
    {
        Remove(FullName);
        _lock.Dispose();
    }

    private static void Remove(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }

        File.Delete(path + LockEnding);
    }

    private static void RequirePrivate(string root)
    {
        MakePrivate(root);
        if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(root) != OwnerOnly)
        {
            throw new InvalidOperationException($"{root} can be read by others; trainings need a folder of mode 700 (Noah:Models:TrainerFolder).");
        }
    }

    private static void MakePrivate(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, OwnerOnly);
        }
    }
}
