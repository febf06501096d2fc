using Microsoft.Extensions.DependencyInjection;
using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Tests.Features.Training;

[Trait("Needs", "Postgres")]
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class MemoryLimitTests(NoahApplication application)
{
    [Fact]
    public async Task TrainingBeyondItsMemory_FailsWithTheLimitNamed_AndTheHostGoesOn()
    {
        var tenant = await application.CreateTenantAsync();
        await using (var scope = application.Services.GetRequiredService<TenantScopes>().Open(tenant.Id))
        {
            await scope.ServiceProvider.GetRequiredService<IOperations>().StartAsync(HungryOperation.OperationKind, "tests/hungry", new { }, default);
        }

        var name = (await tenant.GetAsync("/v1/operations")).GetProperty("items")[0].GetProperty("name").GetString()!;
        var ended = await new RunningOperation(tenant, name).EndedAsync();
        Assert.Equal("FAILED", ended.GetProperty("state").GetString());
        var error = ended.GetProperty("error");
        Assert.Equal("trainer-died", error.GetProperty("code").GetString());
        Assert.Contains("ran out of the 0.5 GB that Noah:Models:TrainerMemoryGigabytes allows in the stage 'reading columns'", error.GetProperty("detail").GetString(), StringComparison.Ordinal);
        using var client = application.Anonymous;
        Assert.True((await client.GetAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken)).IsSuccessStatusCode);
    }
}
