using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Noah.Api.Platform.Persistence;

namespace Noah.Architecture.Tests;

/// <summary>Rules over the database model: every row has an owner, and every name follows one convention.</summary>
public sealed class StateRules
{
    public static TheoryData<string> Tables => [.. Model().GetEntityTypes().Select(type => type.GetTableName()!)];

    [Theory]
    [MemberData(nameof(Tables))]
    public void Table_BelongsToATenantInItsKey(string table)
    {
        var type = Model().GetEntityTypes().Single(entity => entity.GetTableName() == table);
        Assert.True(typeof(ITenantOwned).IsAssignableFrom(type.ClrType), $"{type.ClrType.Name} has no tenant.");
        Assert.Equal("tenant_id", type.FindPrimaryKey()!.Properties[0].GetColumnName());
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void Table_AndColumns_AreNamedInSnakeCase(string table)
    {
        var type = Model().GetEntityTypes().Single(entity => entity.GetTableName() == table);
        Assert.All(type.GetProperties().Select(property => property.GetColumnName()).Append(table), name => Assert.Matches("^[a-z][a-z0-9_]*$", name));
    }

    private static IModel Model() => new NoahDbContext(
        new DbContextOptionsBuilder<NoahDbContext>().UseNpgsql("Host=localhost").UseSnakeCaseNamingConvention().Options, new TenantContext()).Model;
}
