using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Noah.Api.Platform.Persistence;

internal static class PersistenceSetup
{
    public static void AddNoahPersistence(this IServiceCollection services, IConfiguration configuration)
    {
        var connectionString = configuration.GetConnectionString("Noah")
            ?? throw new InvalidOperationException("ConnectionStrings:Noah is missing: the PostgreSQL connection of the role noah_app.");
        services.AddSingleton(_ => NpgsqlDataSource.Create(connectionString));
        services.AddScoped<TenantContext>();
        services.AddSingleton<TenantScopes>();
        services.AddScoped<TenantConnectionInterceptor>();
        services.AddDbContext<NoahDbContext>((provider, options) => options
            .UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>())
            .UseSnakeCaseNamingConvention()
            .AddInterceptors(provider.GetRequiredService<TenantConnectionInterceptor>()));
    }
}
