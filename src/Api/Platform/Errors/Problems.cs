using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Noah.Api.Platform.Errors;

/// <summary>Builds the problem documents (RFC 9457) of expected refusals.</summary>
internal static class Problems
{
    public static ProblemHttpResult Result(ProblemType type, string detail, params IReadOnlyList<FieldError> errors) =>
        TypedResults.Problem(Document(type, detail, errors));

    public static ProblemHttpResult NotFound(string what) => Result(ProblemType.NotFound, $"{what} does not exist.");

    public static ProblemHttpResult Invalid(IReadOnlyList<FieldError> errors) =>
        Result(ProblemType.Validation, errors.Count == 1 ? errors[0].Message : $"{errors.Count} fields are not valid.", errors);

    /// <summary>The refusal of a verb by the state of its resource, with the verbs that the state allows.</summary>
    public static ProblemHttpResult Transition(string resource, string state, string verb, params string[] allowed)
    {
        var problem = Document(ProblemType.InvalidTransition, $"{resource} is {state} and can't :{verb}.", []);
        problem.Extensions["state"] = state;
        problem.Extensions["allowed"] = allowed;
        return TypedResults.Problem(problem);
    }

    public static ProblemDetails Document(ProblemType type, string? detail, IReadOnlyList<FieldError> errors)
    {
        var problem = new ProblemDetails { Type = type.Uri, Title = type.Title, Status = type.Status, Detail = detail };
        problem.Extensions["code"] = type.Slug;
        problem.Extensions["retryable"] = type.Retryable;
        if (errors.Count > 0)
        {
            problem.Extensions["errors"] = errors;
        }

        return problem;
    }
}
