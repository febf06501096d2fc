using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Noah.Api.Platform.Persistence;
using Noah.Cli.LocalServices;
using Noah.Migrations;
using Noah.Testing;

namespace Noah.Api.Tests.Features.Sending;

/// <summary>A host that sends: a database and a real mail server of its own, in this process or in one that a test may kill.</summary>
public sealed class SendingHost : IAsyncLifetime
{
    private const string OperatorKey = "noah_op_fedcba9876543210fedcba9876543210";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("noah-sending-");
    private Factory? _factory;

    internal static DateTimeOffset ClockStart { get; } = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public TestMailServer Mail { get; private set; } = null!;

    public TestDatabase Database { get; private set; } = null!;

    /// <summary>Services of the host in this process, which starts at the first use.</summary>
    public IServiceProvider Services => (_factory ??= new Factory(Settings())).Services;

    public async ValueTask InitializeAsync()
    {
        Mail = await TestMailServer.StartAsync();
        Database = await TestCluster.CreateDatabaseAsync();
        await using var migrator = DesignTimeFactory.Create(Database.OwnerConnectionString);
        await migrator.Database.MigrateAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_factory is not null)
        {
            await _factory.DisposeAsync();
        }

        await Mail.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    public HttpClient CreateClient() => (_factory ??= new Factory(Settings())).CreateClient();

    public Task<TestTenant> CreateTenantAsync() => CreateTenantAsync(CreateClient);

    internal static async Task<TestTenant> CreateTenantAsync(Func<HttpClient> connect)
    {
        using var client = WithKey(connect(), OperatorKey);
        var response = await client.PostAsJsonAsync("/v1/tenants", new { name = "Shop & Sons", currency = "USD", timeZone = "UTC", holdoutShare = 0.0 });
        response.EnsureSuccessStatusCode();
        var body = await response.Content.ReadFromJsonAsync<JsonElement>();
        var secret = body.GetProperty("secret").GetString()!;
        return new TestTenant(body.GetProperty("name").GetString()!, secret, WithKey(connect(), secret));
    }

    /// <summary>Starts the Api as a process of its own and waits until it is ready.</summary>
    internal async Task<(ChildProcess Process, Uri Address)> StartProcessAsync(params (string Name, string Value)[] settings)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort.Find()}");
        var environment = Settings().Concat(settings.ToDictionary(s => s.Name, s => s.Value))
            .ToDictionary(setting => setting.Key.Replace(":", "__", StringComparison.Ordinal), setting => setting.Value);
        environment["ASPNETCORE_URLS"] = address.GetLeftPart(UriPartial.Authority);
        var process = await ChildProcess.StartAsync(new ChildProcessStart("dotnet", Path.Combine(AppContext.BaseDirectory, "Noah.Api.dll"))
        {
            Environment = environment,
            LogFile = Path.Combine(_folder.FullName, "api.log"),
        });
        using var client = new HttpClient { BaseAddress = address };
        for (var attempt = 0; attempt < 600; attempt++)
        {
            try
            {
                if ((await client.GetAsync(new Uri("/health/ready", UriKind.Relative))).IsSuccessStatusCode)
                {
                    return (process, address);
                }
            }
            catch (HttpRequestException) when (!process.HasExited)
            {
                await Task.Delay(100);
            }
        }

        throw process.Failure("Starting the Api");
    }

    private static HttpClient WithKey(HttpClient client, string secret)
    {
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        return client;
    }

    private Dictionary<string, string> Settings() => new()
    {
        ["ConnectionStrings:Noah"] = Database.AppConnectionString,
        ["Noah:OperatorKeyFile"] = Secret("operator.key", OperatorKey),
        ["Noah:SigningKeyFile"] = Secret("signing.key", "signing-key-of-the-sending-tests-0123456789"),
        ["Noah:PublicBaseUrl"] = "http://noah.invalid",
        ["Noah:Clock"] = "manual",
        ["Noah:ClockStart"] = ClockStart.ToString("O"),
        ["Noah:Role"] = "all",
        ["Noah:Smtp:Host"] = TestMailServer.Host,
        ["Noah:Smtp:Port"] = $"{Mail.Port}",
    };

    private string Secret(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    private sealed class Factory(Dictionary<string, string> settings) : WebApplicationFactory<NoahDbContext>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            foreach (var (name, value) in settings)
            {
                builder.UseSetting(name, value);
            }
        }
    }
}
