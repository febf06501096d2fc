using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Noah.Api.Platform.Errors;

/// <summary>Collects every fault of a request before it is refused, so that the caller can mend all of them at once.</summary>
internal sealed class RequestCheck
{
    private readonly List<FieldError> _errors = [];

    public IReadOnlyList<FieldError> Errors => _errors;

    public RequestCheck Require(bool holds, string pointer, string code, string message, object? allowed = null)
    {
        if (!holds)
        {
            _errors.Add(new FieldError(pointer, code, message, allowed));
        }

        return this;
    }

    public RequestCheck Text(string pointer, [NotNull] string? value, int maximumLength = 200)
    {
        Require(!string.IsNullOrWhiteSpace(value), pointer, "required", $"{pointer} is required.");
        Require((value?.Length ?? 0) <= maximumLength, pointer, "tooLong", $"{pointer} has more than {maximumLength} characters.");
        value ??= "";
        return this;
    }

    public RequestCheck Between(string pointer, double value, double minimum, double maximum) => Require(
        value >= minimum && value <= maximum, pointer, "outOfRange", $"{pointer} must lie between {minimum} and {maximum}.",
        new { minimum, maximum });

    public RequestCheck OneOf(string pointer, string? value, params string[] allowed) =>
        Require(value is not null && allowed.Contains(value), pointer, "unknownValue", $"{pointer} must be one of {string.Join(", ", allowed)}.", allowed);

    public bool Failed([NotNullWhen(true)] out ProblemHttpResult? problem)
    {
        problem = _errors.Count == 0 ? null : Problems.Invalid(_errors);
        return problem is not null;
    }
}
