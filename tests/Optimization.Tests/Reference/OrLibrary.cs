using System.Globalization;
using System.IO.Compression;

namespace Noah.Optimization.Tests.Reference;

/// <summary>Reads OR-Library instances from the data folder beside the repository, which is not part of it.</summary>
internal static class OrLibrary
{
    /// <summary>All numbers of a gzipped text file; skips the test when the data are absent.</summary>
    public static Queue<double> Numbers(string path)
    {
        var file = Path.Combine(Folder(), path);
        Assert.SkipUnless(File.Exists(file), $"needs {path}: set NOAH_DATA or put the data in ../shared/data next to the repository");
        using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        return new Queue<double>(reader.ReadToEnd().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(Number));
    }

    /// <summary>Lines of a gzipped text file, each split at white space.</summary>
    public static List<string[]> Lines(string path)
    {
        var file = Path.Combine(Folder(), path);
        Assert.SkipUnless(File.Exists(file), $"needs {path}: set NOAH_DATA or put the data in ../shared/data next to the repository");
        var text = path.EndsWith(".gz", StringComparison.Ordinal)
            ? new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress)).ReadToEnd()
            : File.ReadAllText(file);
        return [.. text.Split('\n').Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))];
    }

    public static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    public static double[] Take(Queue<double> numbers, int count) => [.. Enumerable.Range(0, count).Select(_ => numbers.Dequeue())];

    private static string Folder()
    {
        if (Environment.GetEnvironmentVariable("NOAH_DATA") is { Length: > 0 } named)
        {
            return named;
        }

        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Noah.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.Parent?.FullName ?? "", "shared", "data");
    }
}
