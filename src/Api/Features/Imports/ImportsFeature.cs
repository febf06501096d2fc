using Microsoft.AspNetCore.Mvc;
using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Platform.Idempotency;
using Noah.Api.Platform.Security;

namespace Noah.Api.Features.Imports;

/// <summary>Files of customers and of what they did, on their way in.</summary>
internal static class ImportsFeature
{
    public static void AddImports(this IServiceCollection services)
    {
        services.AddScoped<ImportTargets>();
        services.AddScoped<IOperationHandler, ImportHandler>();
    }

    public static void MapImports(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/imports").WithTags("Imports");
        group.MapPost("/", CreateImport.HandleAsync).RequireScope(Scopes.MembersWrite).AcceptIdempotencyKey()
            .WithName("CreateImport").WithSummary("Declares a file: what its columns mean and which consent it brings");
        group.MapPut("/{id:rid}/content", PutImportContent.HandleAsync).RequireScope(Scopes.MembersWrite)
            .WithMetadata(new DisableRequestSizeLimitAttribute()).Accepts<Stream>("text/csv")
            .WithName("PutImportContent").WithSummary("Uploads the file as a stream of text/csv, with Content-Encoding gzip or none");
        group.MapPost("/{id:rid}:run", RunImport.HandleAsync).RequireScope(Scopes.MembersWrite).RequireIdempotencyKey()
            .WithName("RunImport").WithSummary("Imports the rows; those that are wrong go to the error list");
        group.MapGet("/", ListImports.HandleAsync).RequireScope(Scopes.MembersRead).WithName("ListImports").WithSummary("Imports, newest last");
        group.MapGet("/{id:rid}", GetImport.HandleAsync).RequireScope(Scopes.MembersRead)
            .WithName("GetImport").WithSummary("One import with its counts");
        group.MapGet("/{id:rid}/errors", ListImportErrors.HandleAsync).RequireScope(Scopes.MembersRead)
            .WithName("ListImportErrors").WithSummary("Rows that were not imported, with line, column and reason; as a file with Accept: text/csv");
    }
}
