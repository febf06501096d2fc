using Noah.Api.Platform.Errors;

namespace Noah.Api.Features.Planning;

/// <summary>Why no plan keeps all rules: the conflict in words, and each rule that takes part in it.</summary>
internal sealed record PlanConflict(string Detail, IReadOnlyList<FieldError> Rules);
