using Noah.Cli.Commands;
using Noah.Cli.LocalServices;

namespace Noah.Cli.Journey;

/// <summary>
/// Everything the journey needs, on free loopback ports: cluster with a database made anew, mail server, and the Api on a clock that the
/// journey advances. Disposing stops it in the opposite order.
/// </summary>
internal sealed class DemoEnvironment : IAsyncDisposable
{
    private const string Database = "noah_demo";

    private readonly Stack<IAsyncDisposable> _started = new();
    private readonly FileLock _lock;

    private DemoEnvironment(Checkout checkout, FileLock held)
    {
        Checkout = checkout;
        _lock = held;
    }

    public Checkout Checkout { get; }

    public MailSink Mail { get; private set; } = null!;

    public ApiProcess Api { get; private set; } = null!;

    public string OperatorKey => ApiSettings.OperatorKey(Checkout);

    public static async Task<DemoEnvironment> StartAsync(Checkout checkout, DateTimeOffset clockStart, CancellationToken cancellationToken)
    {
        var held = FileLock.TryAcquire(Path.Combine(checkout.State, "demo.lock"))
            ?? throw new CommandFailedException("Another demo of this checkout is running: stop it first.");
        var environment = new DemoEnvironment(checkout, held);
        try
        {
            await environment.StartServicesAsync(clockStart, cancellationToken);
            return environment;
        }
        catch
        {
            await environment.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (_started.TryPop(out var service))
        {
            await service.DisposeAsync();
        }

        _lock.Dispose();
    }

    private async Task StartServicesAsync(DateTimeOffset clockStart, CancellationToken cancellationToken)
    {
        await Steps.RunAsync("Build", () => DotnetBuild.BuildHostAsync(Checkout, cancellationToken));
        var cluster = Started(await Steps.RunAsync("PostgreSQL", () => LocalDatabase.StartClusterAsync(Checkout, cancellationToken)));
        var database = await cluster.CreateDatabaseAsync(Database, anew: true, cancellationToken);
        await Steps.RunAsync("Migrations", () => LocalDatabase.MigrateAsync(Checkout, database, cancellationToken));
        Mail = Started(await Steps.RunAsync("Mail server", () => StartMailAsync(cancellationToken)));
        var settings = new ApiSettings("all", database.App) { Clock = "manual", ClockStart = clockStart, SmtpPort = Mail.Port };
        Api = Started(await Steps.RunAsync("Api", () => ApiProcess.StartAsync(Checkout, settings, cancellationToken)));
    }

    private async Task<MailSink> StartMailAsync(CancellationToken cancellationToken)
    {
        await MailSink.EnsureInstalledAsync(Checkout, cancellationToken);
        var folder = Path.Combine(Checkout.State, "mail", "demo");
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        return await MailSink.StartAsync(folder, Checkout.LogOf("mail"), cancellationToken);
    }

    private T Started<T>(T service)
        where T : IAsyncDisposable
    {
        _started.Push(service);
        return service;
    }
}
