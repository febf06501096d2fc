using Microsoft.AspNetCore.Http.HttpResults;
using Noah.Api.Platform.Errors;

namespace Noah.Api.Platform.Http;

/// <summary>Strong ETags from a row's version, and the If-Match check of every change (428 when missing, 412 when stale).</summary>
internal static class EntityTags
{
    public static void Write(HttpContext context, int version) => context.Response.Headers.ETag = Tag(version);

    public static ProblemHttpResult? Refuse(HttpContext context, int version)
    {
        var given = context.Request.Headers.IfMatch.ToString();
        return given.Length == 0
            ? Problems.Result(ProblemType.PreconditionRequired, "Send If-Match with the ETag you read, or * to take any version.")
            : given == "*" || given == Tag(version)
                ? null
                : Problems.Result(ProblemType.PreconditionFailed, $"The resource is at {Tag(version)} now; read it again.");
    }

    private static string Tag(int version) => $"\"{version}\"";
}
