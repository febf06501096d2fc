using Noah.Cli.LocalServices;

namespace Noah.Testing;

/// <summary>The real local SMTP server, with a folder of its own that goes with it.</summary>
public sealed class TestMailServer : IAsyncDisposable
{
    private readonly MailSink _sink;

    private TestMailServer(MailSink sink) => _sink = sink;

    /// <summary>Loopback address it listens on.</summary>
    public static string Host => MailSink.Host;

    /// <summary>Port it listens on.</summary>
    public int Port => _sink.Port;

    /// <summary>Starts a server on a free port.</summary>
    public static async Task<TestMailServer> StartAsync(CancellationToken cancellationToken = default)
    {
        var folder = Directory.CreateTempSubdirectory("noah-mail-").FullName;
        return new TestMailServer(await MailSink.StartAsync(folder, Path.Combine(folder, "server.log"), cancellationToken));
    }

    /// <summary>The messages so far, in the order of their arrival.</summary>
    public IReadOnlyList<ReceivedMail> Messages() => [.. _sink.Messages().Select(file => ReceivedMail.Parse(File.ReadAllText(file)))];

    /// <summary>Waits until at least <paramref name="count"/> messages have arrived.</summary>
    /// <exception cref="TimeoutException">They did not arrive within <paramref name="patience"/> (default 30 s).</exception>
    public async Task<IReadOnlyList<ReceivedMail>> WaitForAsync(int count, TimeSpan? patience = null, CancellationToken cancellationToken = default)
    {
        var deadline = Environment.TickCount64 + (long)(patience ?? TimeSpan.FromSeconds(30)).TotalMilliseconds;
        while (_sink.Messages().Count < count)
        {
            if (Environment.TickCount64 > deadline)
            {
                throw new TimeoutException($"{_sink.Messages().Count} of {count} messages arrived.");
            }

            await Task.Delay(20, cancellationToken);
        }
        return Messages();
    }

    /// <summary>Stops the server and removes its messages.</summary>
    public async ValueTask DisposeAsync()
    {
        await _sink.DisposeAsync();
        Directory.Delete(_sink.Folder, recursive: true);
    }
}
