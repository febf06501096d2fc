using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Noah.Api.Platform.Persistence;

namespace Noah.Migrations;

/// <summary>Builds the context for the tools and for the runner: the owner's connection, and no tenant, as migrations have none.</summary>
internal sealed class DesignTimeFactory : IDesignTimeDbContextFactory<NoahDbContext>
{
    public NoahDbContext CreateDbContext(string[] args) => Create("Host=localhost");

    internal static NoahDbContext Create(string connection) => new(
        new DbContextOptionsBuilder<NoahDbContext>()
            .UseNpgsql(connection, npgsql => npgsql.MigrationsAssembly(typeof(DesignTimeFactory).Assembly).CommandTimeout(600))
            .UseSnakeCaseNamingConvention()
            .Options,
        new TenantContext());
}
