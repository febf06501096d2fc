using System.Net;
using System.Net.Sockets;
using Noah.Cli.LocalServices;

namespace Noah.Cli.Tests.LocalServices;

public sealed class SmallServicesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("noah-small-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void SecretFile_IsMadeOnce_AndForItsOwnerAlone()
    {
        var path = Path.Combine(_folder, "operator.key");
        var secret = SecretFile.ReadOrCreate(path, "noah_op_");
        Assert.Matches("^noah_op_[A-Za-z0-9_-]{43}$", secret);
        Assert.Equal(secret, SecretFile.ReadOrCreate(path, "noah_op_"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Fact]
    public void FreePort_CanBeListenedOn()
    {
        using var listener = new TcpListener(IPAddress.Loopback, FreePort.Find());
        listener.Start();
    }

    [Fact]
    public void FileLock_IsHeldOnceUntilDisposed()
    {
        var path = Path.Combine(_folder, "lock");
        var held = FileLock.TryAcquire(path);
        Assert.NotNull(held);
        Assert.Null(FileLock.TryAcquire(path));
        held.Dispose();
        using var again = FileLock.TryAcquire(path);
        Assert.NotNull(again);
    }

    [Fact]
    public void PostgresInstallation_TakesTheNewestCompleteVersion_OrTheOneAskedFor()
    {
        foreach (var version in new[] { "9.6", "13", "15", "16", "17" })
        {
            var bin = Directory.CreateDirectory(Path.Combine(_folder, version, "bin")).FullName;
            File.WriteAllText(Path.Combine(bin, "postgres"), "");
            // 17 has the server's files but not initdb, as after a half removal.
            if (version != "17")
            {
                File.WriteAllText(Path.Combine(bin, "initdb"), "");
            }
        }
        Assert.Equal(16, PostgresInstallation.FindIn(_folder, null)!.MajorVersion);
        Assert.Equal(15, PostgresInstallation.FindIn(_folder, 15)!.MajorVersion);
        Assert.Null(PostgresInstallation.FindIn(_folder, 13));
        Assert.Null(PostgresInstallation.FindIn(Path.Combine(_folder, "none"), null));
    }

    [Fact]
    public void PostmasterFile_OfADeadProcess_IsNoServer()
    {
        File.WriteAllLines(Path.Combine(_folder, "postmaster.pid"), ["999999999", _folder, "0", "5432", "/tmp", "", "", "ready"]);
        Assert.Null(PostmasterFile.OfRunningServer(_folder));
    }

    [Fact]
    public void ApiAddressFile_IsReadWhileTheApiIsUp()
    {
        Assert.Null(ApiAddressFile.Read(_folder));
        using (ApiAddressFile.Write(_folder, new Uri("http://127.0.0.1:5080/")))
        {
            Assert.Equal(new Uri("http://127.0.0.1:5080"), ApiAddressFile.Read(_folder));
        }
        Assert.Null(ApiAddressFile.Read(_folder));
    }

    [Fact]
    public void Checkout_IsFoundFromTheTestsOwnFolder() =>
        Assert.True(File.Exists(Checkout.Find().PathOf("src", "Cli", "Cli.csproj")));
}
