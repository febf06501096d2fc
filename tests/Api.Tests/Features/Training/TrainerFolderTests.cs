using Noah.Api.Features.Training;

namespace Noah.Api.Tests.Features.Training;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class TrainerFolderTests : IDisposable
{
    private readonly string _root = Path.Combine(Path.GetTempPath(), $"noah-folders-{Guid.NewGuid():N}");

    [Fact]
    public void Sweep_RemovesWhatTheDeadLeft_AndSparesTheLiving()
    {
        using var living = TrainerFolder.Create(_root, Guid.NewGuid());
        var left = Path.Combine(_root, "left-by-a-worker-that-was-killed");
        Directory.CreateDirectory(left);
        File.WriteAllText(Path.Combine(left, "rows.bin"), "rows");
        File.WriteAllText(left + ".lock", "");

        Assert.Equal(1, TrainerFolder.Sweep(_root));
        Assert.False(Path.Exists(left) || Path.Exists(left + ".lock"));
        Assert.True(Directory.Exists(living.FullName));
        Assert.Equal(0, TrainerFolder.Sweep(_root));
    }

    [Fact]
    public void Disposing_RemovesFolderAndLock()
    {
        using (var folder = TrainerFolder.Create(_root, Guid.NewGuid()))
        {
            File.WriteAllText(Path.Combine(folder.FullName, "rows.bin"), "rows");
        }

        Assert.Empty(Directory.GetFileSystemEntries(_root));
    }

    [Fact]
    public void RootThatOthersMayRead_IsRefused()
    {
        Directory.CreateDirectory(_root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherRead);
        Assert.Contains("mode 700", Assert.Throws<InvalidOperationException>(() => TrainerFolder.Create(_root, Guid.NewGuid())).Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        if (Directory.Exists(_root))
        {
            Directory.Delete(_root, recursive: true);
        }
    }
}
