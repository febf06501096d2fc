using System.Globalization;

namespace Noah.Cli.LocalServices;

/// <summary>
/// A real SMTP server on a loopback port (Debian's python3-aiosmtpd) that keeps each message as one <c>.eml</c> file, its envelope in the
/// headers X-Envelope-From and X-Envelope-To.
/// </summary>
internal sealed class MailSink : IAsyncDisposable
{
    public const string Host = "127.0.0.1";

    // Not the python3 of the path, which may be another one without Debian's packages.
    private const string Python = "/usr/bin/python3";
    private const string Package = "python3-aiosmtpd";
    private const string PortFile = "port";
    private const string Script = "mail_sink.py";

    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(20);

    private readonly ChildProcess _server;

    private MailSink(ChildProcess server, string folder, int port)
    {
        _server = server;
        Folder = folder;
        Port = port;
    }

    /// <summary>Where the messages are, in the order of their arrival by name.</summary>
    public string Folder { get; }

    public int Port { get; }

    public static async Task EnsureInstalledAsync(Checkout checkout, CancellationToken cancellationToken)
    {
        if (!File.Exists(Python) || !await Tool.SucceedsAsync(Python, ["-c", "import aiosmtpd.smtp"], cancellationToken))
        {
            await AptPackages.InstallAsync(checkout, Package, "the local mail server", cancellationToken);
        }
    }

    /// <summary>Port of the server that another process has running on a folder; null when there is none.</summary>
    public static int? RunningPort(string folder)
    {
        var portFile = Path.Combine(folder, PortFile);
        return File.Exists(portFile) ? int.Parse(File.ReadAllText(portFile), CultureInfo.InvariantCulture) : null;
    }

    public static async Task<MailSink> StartAsync(string folder, string logFile, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var script = Path.Combine(folder, Script);
        await WriteScriptAsync(script, cancellationToken);
        var portFile = Path.Combine(folder, PortFile);
        File.Delete(portFile);

        var server = await ChildProcess.StartAsync(new ChildProcessStart(Python, "-u", script, folder, portFile) { LogFile = logFile });
        try
        {
            return new MailSink(server, folder, await PortAsync(server, portFile, cancellationToken));
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>The messages so far, in the order of their arrival.</summary>
    public IReadOnlyList<string> Messages() => [.. Directory.EnumerateFiles(Folder, "*.eml").Order(StringComparer.Ordinal)];

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        File.Delete(Path.Combine(Folder, PortFile));
    }

    private static async Task<int> PortAsync(ChildProcess server, string portFile, CancellationToken cancellationToken)
    {
        var deadline = Environment.TickCount64 + (long)StartPatience.TotalMilliseconds;
        while (!File.Exists(portFile))
        {
            if (server.HasExited || Environment.TickCount64 > deadline)
            {
                throw server.Failure("Starting the mail server");
            }

            await Task.Delay(20, cancellationToken);
        }
        return int.Parse(await File.ReadAllTextAsync(portFile, cancellationToken), CultureInfo.InvariantCulture);
    }

    private static async Task WriteScriptAsync(string path, CancellationToken cancellationToken)
    {
        await using var source = typeof(MailSink).Assembly.GetManifestResourceStream(Script)!;
        await using var target = File.Create(path);
        await source.CopyToAsync(target, cancellationToken);
    }
}
