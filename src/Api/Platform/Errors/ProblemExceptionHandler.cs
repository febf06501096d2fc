using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Noah.Api.Platform.Errors;

/// <summary>The one place where an exception becomes a response. Nothing of an unexpected one but its trace id reaches the caller.</summary>
internal sealed class ProblemExceptionHandler(IProblemDetailsService problems, ILogger<ProblemExceptionHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested)
        {
            return true;
        }

        var problem = Describe(exception);
        if (problem.Status >= 500)
        {
            logger.LogError(exception, "{Method} {Path} failed", httpContext.Request.Method, httpContext.Request.Path);
        }

        httpContext.Response.StatusCode = problem.Status!.Value;
        return await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = httpContext, ProblemDetails = problem });
    }

    private static ProblemDetails Describe(Exception exception) => exception switch
    {
        ProblemException expected => Problems.Document(expected.Type, expected.Message, expected.Errors),
        BadHttpRequestException { StatusCode: 413 } => Problems.Document(ProblemType.PayloadTooLarge, exception.Message, []),
        BadHttpRequestException { StatusCode: 415 } => Problems.Document(ProblemType.UnsupportedMedia, exception.Message, []),
        BadHttpRequestException { InnerException: JsonException json } => Json(json),
        JsonException json => Json(json),
        BadHttpRequestException => Problems.Document(ProblemType.Validation, exception.Message, []),
        DbUpdateConcurrencyException => Problems.Document(ProblemType.PreconditionFailed, "Somebody else changed it first; read it again.", []),
        _ => Problems.Document(ProblemType.Internal, "The fault is logged under the trace id.", []),
    };

    private static ProblemDetails Json(JsonException exception)
    {
        var pointer = JsonPath.ToPointer(exception.Path);
        var unknown = exception.Message.Contains("could not be mapped to any .NET member", StringComparison.Ordinal);
        var missing = exception.Message.Contains("missing required properties", StringComparison.Ordinal);
        var message = unknown
            ? $"{pointer} is not a field of this request."
            : missing
                ? $"{(pointer.Length == 0 ? "The body" : pointer)} lacks required fields: {exception.Message.Split(':')[^1].Trim().TrimEnd('.')}."
                : $"{(pointer.Length == 0 ? "The body" : pointer)} can't be read as the expected type.";
        return Problems.Document(
            ProblemType.Validation, message, [new FieldError(pointer, unknown ? "unknownField" : missing ? "required" : "unreadable", message)]);
    }
}
