namespace Noah.Cli.LocalServices;

/// <summary>The files of a private cluster, closed to everyone but its owner.</summary>
internal sealed class ClusterFiles
{
    public const string Superuser = "postgres";

    /// <summary>The kernel's limit for a socket path is 107 bytes; the name in the folder takes up to 16.</summary>
    private const int LongestSocketFolder = 90;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private ClusterFiles(string folder)
    {
        Data = Path.Combine(folder, "data");
        var beside = Path.Combine(folder, "run");
        Socket = beside.Length <= LongestSocketFolder ? beside : $"/tmp/noah-{PathDigest.Of(folder)}";
        StartLock = Path.Combine(folder, "start.lock");
    }

    public string Data { get; }

    public string Socket { get; }

    public string StartLock { get; }

    public string VersionFile => Path.Combine(Data, "PG_VERSION");

    public static async Task<ClusterFiles> PrepareAsync(ClusterSettings settings, CancellationToken cancellationToken)
    {
        var files = new ClusterFiles(settings.Folder);
        await OwnFolderAsync(settings.Folder, settings.User, cancellationToken);
        await OwnFolderAsync(files.Socket, settings.User, cancellationToken);
        return files;
    }

    public async Task InitializeAsync(PostgresInstallation installation, ClusterSettings settings, CancellationToken cancellationToken)
    {
        // Made beside and renamed, so that an interrupted initdb leaves nothing that looks like a cluster.
        var draft = Data + ".new";
        if (Directory.Exists(draft))
        {
            Directory.Delete(draft, recursive: true);
        }

        List<string> arguments =
        [
            "-D", draft, "-U", Superuser, "--auth-local=trust", "--auth-host=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8",
        ];
        if (!settings.Durable)
        {
            arguments.Add("--no-sync");
        }

        var start = new ChildProcessStart(installation.Program("initdb"), arguments)
        {
            WorkingDirectory = settings.Folder,
            LogFile = settings.LogFile,
            User = settings.User,
        };
        await ChildProcess.RunOrFailAsync(start, "Creating the PostgreSQL cluster", cancellationToken);
        Directory.Move(draft, Data);
    }

    /// <summary>Sockets and their locks that a crash left behind.</summary>
    public void EmptySocketFolder()
    {
        foreach (var file in Directory.EnumerateFiles(Socket, ".s.PGSQL.*"))
        {
            File.Delete(file);
        }
    }

    private static async Task OwnFolderAsync(string path, OrdinaryUser? user, CancellationToken cancellationToken)
    {
        var folder = new DirectoryInfo(path);
        if (!folder.Exists)
        {
            Directory.CreateDirectory(path, OwnerOnly);
            if (user is not null)
            {
                await user.OwnAsync(path, cancellationToken);
            }

            return;
        }
        // Places under /tmp and /var/tmp have names that others can guess and take first.
        var owner = await OrdinaryUser.OwnerIdAsync(path, cancellationToken);
        if (folder.LinkTarget is not null || owner != (user?.UserId ?? NativeProcess.UserId))
        {
            throw new CommandFailedException($"{path} is a link or belongs to another user: remove it, or run as its owner.");
        }
    }
}
