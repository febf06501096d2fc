using System.Globalization;

namespace Noah.Api.Features.Training;

/// <summary>What one training may use.</summary>
/// <param name="MemoryGigabytes">Memory of its process, 0.5 to 4,096: 10 million members with 30 features need less than 4.</param>
/// <param name="Threads">Threads that its sums use, 1 to 64. With one, the same seed gives the same bits on every machine of a kind.</param>
/// <param name="Folder">Where its folders lie while it runs; only this user may read them.</param>
internal sealed record TrainerOptions(double MemoryGigabytes, int Threads, string Folder)
{
    private const string Section = "Noah:Models";
    private const string MemoryName = "TrainerMemoryGigabytes", ThreadsName = "TrainerThreads", FolderName = "TrainerFolder";

    public long MemoryBytes => (long)(MemoryGigabytes * (1L << 30));

    public static TrainerOptions Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        var (memory, threads) = (section[MemoryName] ?? "8", section[ThreadsName] ?? "1");
        if (!double.TryParse(memory, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var gigabytes) || gigabytes is < 0.5 or > 4096)
        {
            throw new InvalidOperationException($"{Section}:{MemoryName} is '{memory}'; it must be a number between 0.5 and 4096.");
        }

        if (!int.TryParse(threads, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count is < 1 or > 64)
        {
            throw new InvalidOperationException($"{Section}:{ThreadsName} is '{threads}'; it must be a whole number between 1 and 64.");
        }

        return new TrainerOptions(gigabytes, count, section[FolderName] ?? Path.Combine(Path.GetTempPath(), $"noah-trainer-{Environment.UserName}"));
    }
}
