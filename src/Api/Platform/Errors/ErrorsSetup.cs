namespace Noah.Api.Platform.Errors;

internal static class ErrorsSetup
{
    public static void AddNoahErrors(this IServiceCollection services)
    {
        services.AddExceptionHandler<ProblemExceptionHandler>();
        services.AddProblemDetails(options => options.CustomizeProblemDetails = context =>
        {
            var problem = context.ProblemDetails;
            if (!problem.Extensions.ContainsKey("code") && ProblemType.ForStatus(problem.Status ?? 500) is { } type)
            {
                problem.Type = type.Uri;
                problem.Title = type.Title;
                problem.Extensions["code"] = type.Slug;
                problem.Extensions["retryable"] = type.Retryable;
            }

            problem.Instance = context.HttpContext.Request.Path;
            problem.Extensions["traceId"] = context.HttpContext.TraceIdentifier;
        });
    }

    public static void UseNoahErrors(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
    }
}
