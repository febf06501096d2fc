using Microsoft.AspNetCore.Authentication;

namespace Noah.Api.Platform.Security;

internal static class SecuritySetup
{
    public static void AddNoahSecurity(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(_ => OperatorKey.Read(configuration));
        services.AddSingleton(_ => SignedTokens.Read(configuration));
        services.AddAuthentication(NoahAuthentication.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, NoahAuthentication>(NoahAuthentication.SchemeName, null);
        services.AddAuthorization();
    }

    /// <summary>Reads the secrets now, so that a host without them does not start.</summary>
    public static void CheckSecrets(this WebApplication app)
    {
        _ = app.Services.GetRequiredService<OperatorKey>();
        _ = app.Services.GetRequiredService<SignedTokens>();
    }

    /// <summary>Only keys with this scope may call the endpoint; the operator's key has none.</summary>
    public static TBuilder RequireScope<TBuilder>(this TBuilder builder, string scope)
        where TBuilder : IEndpointConventionBuilder =>
        builder.RequireAuthorization(policy => policy.RequireClaim(NoahAuthentication.ScopeClaim, scope));

    public static TBuilder RequireOperator<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder =>
        builder.RequireAuthorization(policy => policy.RequireClaim(NoahAuthentication.OperatorClaim));
}
