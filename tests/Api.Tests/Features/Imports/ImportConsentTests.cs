using Microsoft.Extensions.DependencyInjection;
using Noah.Api.Features.Members.Contracts;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Tests.Features.Imports;

[Trait("Needs", "Postgres")]
public sealed class ImportConsentTests(NoahApplication application)
{
    private const string Header = "id,email,zone,recency,channel,yes\n";

    [Fact]
    public async Task Import_WithoutADeclaration_BringsNoConsent()
    {
        var tenant = await application.CreateTenantAsync();
        await tenant.ImportAsync(new { kind = "members", columns = new { externalId = "id", email = "email" } }, "id,email\nm1,m1@example.invalid\n");

        Assert.Equal("noConsent", await BlockedAsync(tenant, "m1"));
    }

    [Fact]
    public async Task Import_WithAConsentColumn_GrantsWhereItSaysYesOnItsTopicOnly()
    {
        var tenant = await application.CreateTenantAsync();
        await tenant.PutAsync("/v1/memberSchema", ImportJourney.Schema);
        await tenant.ImportAsync(
            ImportJourney.MemberColumns(consentColumn: true),
            Header + "m1,m1@example.invalid,,1,Web,yes\nm2,m2@example.invalid,,1,Web,no\nm3,m3@example.invalid,,1,Web,\nm4,,,1,Web,yes\n");

        Assert.Null(await BlockedAsync(tenant, "m1"));
        Assert.Equal("noConsent", await BlockedAsync(tenant, "m1", topic: "surveys"));
        Assert.Null(await BlockedAsync(tenant, "m1", channel: "ads"));
        Assert.Equal("noConsent", await BlockedAsync(tenant, "m2"));
        Assert.Equal("noConsent", await BlockedAsync(tenant, "m3"));
        Assert.Equal("invalidAddress", await BlockedAsync(tenant, "m4"));
    }

    [Fact]
    public async Task Import_AfterAWithdrawal_DoesNotReverseIt()
    {
        var tenant = await application.CreateTenantAsync();
        await tenant.PutAsync("/v1/memberSchema", ImportJourney.Schema);
        const string Row = "m1,m1@example.invalid,,1,Web,yes\n";
        await tenant.ImportAsync(ImportJourney.MemberColumns(consentColumn: true), Header + Row);
        Assert.Null(await BlockedAsync(tenant, "m1"));
        var member = (await tenant.MemberAsync("m1")).GetProperty("name").GetString();
        await tenant.PostAsync($"/v1/{member}/consents", new { channel = "email", topic = "marketing", state = "withdrawn", source = "preference centre" });

        await tenant.ImportAsync(ImportJourney.MemberColumns(consentColumn: true), Header + Row);

        Assert.Equal("noConsent", await BlockedAsync(tenant, "m1"));
    }

    [Fact]
    public async Task Import_OfAnUnsubscribedAddressUnderAnotherId_DoesNotOpenItAgain()
    {
        var tenant = await application.CreateTenantAsync();
        await tenant.PutAsync("/v1/memberSchema", ImportJourney.Schema);
        await tenant.ImportAsync(ImportJourney.MemberColumns(consentColumn: true), Header + "m1,M1@Example.invalid,,1,Web,yes\n");
        await InTenantAsync(tenant, async services =>
        {
            var permissions = services.GetRequiredService<IContactPermissions>();
            var directory = services.GetRequiredService<IMemberDirectory>();
            var member = (await directory.FindMembersAsync(["m1"], default))["m1"];
            var db = services.GetRequiredService<NoahDbContext>();
            await permissions.WithdrawAsync(member, "email", "marketing", "one-click", default);
            await db.SaveChangesAsync();
            await permissions.WithdrawAsync(member, "email", "marketing", "one-click", default);
            Assert.Equal(0, await db.SaveChangesAsync());
            return 0;
        });

        await tenant.ImportAsync(
            ImportJourney.MemberColumns(consentColumn: true), Header + "m1,m1@example.invalid,,1,Web,yes\nm2,m1@example.INVALID,,1,Web,yes\n");

        Assert.Equal("suppressed", await BlockedAsync(tenant, "m1"));
        Assert.Equal("suppressed", await BlockedAsync(tenant, "m2"));
        var second = (await tenant.MemberAsync("m2")).GetProperty("name").GetString();
        Assert.Empty((await tenant.GetAsync($"/v1/{second}/consents")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Suppression_WithATopic_BlocksThatTopicOnly()
    {
        var tenant = await application.CreateTenantAsync();
        await tenant.PutAsync("/v1/memberSchema", ImportJourney.Schema);
        await tenant.ImportAsync(
            ImportJourney.MemberColumns(consentColumn: true), Header + "m1,m1@example.invalid,,1,Web,yes\nm2,m2@example.invalid,,1,Web,yes\n");

        await tenant.PostAsync("/v1/suppressions", new { address = "M1@example.invalid", source = "call centre", topic = "surveys" });
        Assert.Null(await BlockedAsync(tenant, "m1"));
        Assert.Equal("suppressed", await BlockedAsync(tenant, "m1", topic: "surveys"));

        await tenant.PostAsync("/v1/suppressions", new { address = "m1@example.invalid", source = "call centre", reason = "complaint" });
        Assert.Equal("suppressed", await BlockedAsync(tenant, "m1"));
        Assert.Null(await BlockedAsync(tenant, "m2"));
    }

    private Task<string?> BlockedAsync(TestTenant tenant, string externalId, string channel = "email", string topic = "marketing") =>
        InTenantAsync(tenant, async services =>
        {
            var member = (await services.GetRequiredService<IMemberDirectory>().FindMembersAsync([externalId], default))[externalId];
            var blocked = await services.GetRequiredService<IContactPermissions>().BlockedAsync(channel, topic, [member], default);
            return blocked.GetValueOrDefault(member);
        });

    private async Task<T> InTenantAsync<T>(TestTenant tenant, Func<IServiceProvider, Task<T>> act)
    {
        await using var scope = application.Services.GetRequiredService<TenantScopes>().Open(tenant.Id);
        return await act(scope.ServiceProvider);
    }
}
