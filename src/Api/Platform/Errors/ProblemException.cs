namespace Noah.Api.Platform.Errors;

/// <summary>An expected refusal that is met deep inside a use case or an operation; the edge turns it into a problem document.</summary>
internal sealed class ProblemException(ProblemType type, string detail, params FieldError[] errors) : Exception(detail)
{
    public ProblemType Type { get; } = type;

    public IReadOnlyList<FieldError> Errors { get; } = errors;
}
