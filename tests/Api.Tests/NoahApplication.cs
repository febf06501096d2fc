using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Platform.Persistence;
using Noah.Api.Tests.Features.Operations;
using Noah.Api.Tests.Features.Training;
using Noah.Migrations;
using Noah.Testing;

[assembly: AssemblyFixture(typeof(Noah.Api.Tests.NoahApplication))]

namespace Noah.Api.Tests;

/// <summary>
/// The whole host on a real, migrated PostgreSQL database, one for all tests of the assembly: each test makes a tenant of its own, and
/// row-level security keeps them apart as it does customers.
/// </summary>
public class NoahApplication : IAsyncLifetime
{
    private const string OperatorKey = "noah_op_0123456789abcdef0123456789abcdef";

    private readonly DirectoryInfo _secrets = Directory.CreateTempSubdirectory("noah-secrets-");
    private Host? _host;

    /// <summary>Start of the host's manual clock.</summary>
    public static DateTimeOffset ClockStart { get; } = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    /// <summary>Connection of the schema's owner: for looking behind the API's back, never for what the API can do.</summary>
    public string OwnerConnection { get; private set; } = "";

    /// <summary>Connection of the application's role: subject to row-level security.</summary>
    public string AppConnection { get; private set; } = "";

    public IServiceProvider Services => _host!.Services;

    public HttpClient Anonymous => _host!.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });

    public HttpClient Operator => WithKey(OperatorKey);

    public async ValueTask InitializeAsync()
    {
        var database = await TestCluster.CreateDatabaseAsync();
        (OwnerConnection, AppConnection) = (database.OwnerConnectionString, database.AppConnectionString);
        await using (var migrator = DesignTimeFactory.Create(OwnerConnection))
        {
            await migrator.Database.MigrateAsync();
        }

        _host = new Host(this);
        using var client = Anonymous;
        (await client.GetAsync("/health/ready")).EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        _secrets.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    public HttpClient WithKey(string secret)
    {
        var client = Anonymous;
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        return client;
    }

    /// <summary>A new tenant, and a client that holds its administrator's key.</summary>
    public async Task<TestTenant> CreateTenantAsync(double holdoutShare = 0, string currency = "USD", string timeZone = "America/New_York")
    {
        using var client = Operator;
        var response = await client.PostAsJsonAsync("/v1/tenants", new { name = "Tenant of a test", currency, timeZone, holdoutShare });
        response.EnsureSuccessStatusCode();
        var body = await response.Content.ReadFromJsonAsync<JsonElement>();
        var secret = body.GetProperty("secret").GetString()!;
        return new TestTenant(body.GetProperty("name").GetString()!, secret, WithKey(secret));
    }

    /// <summary>Lets a feature's tests stand in for what another feature would compute for minutes.</summary>
    protected virtual void Replace(IServiceCollection services)
    {
    }

    private string Secret(string name, string text)
    {
        var path = Path.Combine(_secrets.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    private sealed class Host(NoahApplication owner) : WebApplicationFactory<NoahDbContext>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment("Production");
            builder.UseSetting("ConnectionStrings:Noah", owner.AppConnection);
            builder.UseSetting("Noah:OperatorKeyFile", owner.Secret("operator.key", OperatorKey));
            builder.UseSetting("Noah:SigningKeyFile", owner.Secret("signing.key", "signing-key-of-the-tests-0123456789abcdef"));
            builder.UseSetting("Noah:PublicBaseUrl", "http://localhost");
            builder.UseSetting("Noah:Clock", "manual");
            builder.UseSetting("Noah:ClockStart", ClockStart.ToString("O"));
            builder.UseSetting("Noah:Role", "all");
            builder.ConfigureTestServices(services => services.AddScoped<IOperationHandler, CountingOperation>().AddScoped<IOperationHandler, HungryOperation>());
            builder.ConfigureTestServices(owner.Replace);
        }
    }
}
