namespace Noah.Cli.LocalServices;

/// <summary>A lock that ends with the process that holds it.</summary>
internal sealed class FileLock : IDisposable
{
    private readonly FileStream _stream;

    private FileLock(FileStream stream) => _stream = stream;

    public static async Task<FileLock> AcquireAsync(string path, TimeSpan patience, CancellationToken cancellationToken)
    {
        var deadline = Environment.TickCount64 + (long)patience.TotalMilliseconds;
        FileLock? held;
        while ((held = TryAcquire(path)) is null)
        {
            if (Environment.TickCount64 > deadline)
            {
                throw new CommandFailedException($"Another process holds {path}.");
            }

            await Task.Delay(50, cancellationToken);
        }
        return held;
    }

    public static FileLock? TryAcquire(string path)
    {
        try
        {
            return new FileLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException) when (Directory.Exists(Path.GetDirectoryName(path)))
        {
            return null;
        }
    }

    public void Dispose() => _stream.Dispose();
}
