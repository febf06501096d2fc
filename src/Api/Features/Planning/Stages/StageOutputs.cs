namespace Noah.Api.Features.Planning.Stages;

/// <summary>Everything the stages of a run came to.</summary>
internal sealed record StageOutputs(
    EligibilityOutput Eligibility, ScoresOutput Scores, AllocationOutput Allocation, ContentOutput Content, SendTimeOutput SendTime);
