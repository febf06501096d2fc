using System.Net.Sockets;

namespace Noah.Cli.LocalServices;

/// <summary>One process of the Api's image, ready to answer.</summary>
internal sealed class ApiProcess : IAsyncDisposable
{
    private const string ReadyPath = "/health/ready";

    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(90);

    private readonly ChildProcess _process;

    private ApiProcess(ChildProcess process, ApiSettings settings)
    {
        _process = process;
        Settings = settings;
    }

    public ApiSettings Settings { get; }

    public Uri Address => Settings.Address;

    /// <summary>Starts the image and waits until it says that it is ready.</summary>
    public static async Task<ApiProcess> StartAsync(Checkout checkout, ApiSettings settings, CancellationToken cancellationToken)
    {
        var program = checkout.BuiltProgram("Api");
        var log = checkout.LogOf(settings.Role);
        File.Delete(log);
        var process = await ChildProcess.StartAsync(new ChildProcessStart("dotnet", program)
        {
            WorkingDirectory = Path.GetDirectoryName(program)!,
            Environment = settings.ToEnvironment(checkout),
            LogFile = log,
        });
        try
        {
            await ReadyAsync(process, settings, cancellationToken);
            return new ApiProcess(process, settings);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits for the end of the process, which is a failure: nobody asked it to stop.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitAsync(cancellationToken);
        throw _process.Failure($"The {Settings.Role} process");
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static async Task ReadyAsync(ChildProcess process, ApiSettings settings, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = settings.Address, Timeout = TimeSpan.FromSeconds(10) };
        var deadline = Environment.TickCount64 + (long)StartPatience.TotalMilliseconds;
        while (!await IsReadyAsync(client, cancellationToken))
        {
            if (process.HasExited || Environment.TickCount64 > deadline)
            {
                throw process.Failure($"Starting the {settings.Role} process");
            }

            await Task.Delay(100, cancellationToken);
        }
    }

    private static async Task<bool> IsReadyAsync(HttpClient client, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri(ReadyPath, UriKind.Relative), cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException refused) when (refused.InnerException is SocketException or IOException)
        {
            return false;
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
