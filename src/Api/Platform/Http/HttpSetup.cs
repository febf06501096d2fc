using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Noah.Api.Platform.Pages;
using Scalar.AspNetCore;

namespace Noah.Api.Platform.Http;

internal static class HttpSetup
{
    /// <summary>The JSON of the API: camelCase, strict about unknown fields, enums by name.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
    }

    public static void AddNoahHttp(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(options => Configure(options.SerializerOptions));
        services.Configure<RouteOptions>(options => options.SetParameterPolicy<ResourceIdConstraint>("rid"));
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddSingleton<SignedPages>();
        services.AddScoped<TenantLinks>();
        services.AddOpenApi("v1", options =>
        {
            options.CreateSchemaReferenceId = SchemaName;
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info.Title = "NOAH";
                document.Info.Version = "v1";
                document.Info.Description = "Marketing optimisation: prediction, audience expansion, budget allocation, sending and experiment reports.";
                document.Servers?.Clear();
                var bearer = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API key of the tenant, or the operator's." };
                document.AddComponent("apiKey", bearer);
                document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("apiKey", document)] = [] }];
                return Task.CompletedTask;
            });
        });
    }

    /// <summary>Use cases nest their Request and Response: <c>CreateTenant.Request</c> is CreateTenantRequest in the contract.</summary>
    private static string? SchemaName(JsonTypeInfo type) => type.Type.DeclaringType is { } owner && OpenApiOptions.CreateDefaultSchemaReferenceId(type) is { } name
        ? owner.Name + name
        : OpenApiOptions.CreateDefaultSchemaReferenceId(type);

    public static void MapApiReference(this IEndpointRouteBuilder routes)
    {
        routes.MapOpenApi("/openapi/{documentName}.json");
        routes.MapScalarApiReference("/reference", options => options.WithTitle("NOAH API").HideDeveloperTools().DisableAgent().HideModels().HideClientButton());
    }
}
