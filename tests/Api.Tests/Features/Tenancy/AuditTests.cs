namespace Noah.Api.Tests.Features.Tenancy;

[Trait("Needs", "Postgres")]
public sealed class AuditTests(NoahApplication application)
{
    [Fact]
    public async Task NewTenant_HasItsCreationOnRecord_UnderItsPublicName()
    {
        var tenant = await application.CreateTenantAsync();
        var audit = await tenant.GetAsync("/v1/auditEvents");
        var created = Assert.Single(audit.GetProperty("items").EnumerateArray(), e => e.GetProperty("action").GetString() == "tenants.create");
        Assert.Equal(tenant.Name, created.GetProperty("target").GetString());
        Assert.Equal("operator", created.GetProperty("actor").GetString());
    }
}
