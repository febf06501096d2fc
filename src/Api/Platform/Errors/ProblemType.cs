namespace Noah.Api.Platform.Errors;

/// <summary>One entry of the problem registry (RFC 9457): a stable slug, its status and title, and whether a retry can help.</summary>
internal sealed record ProblemType(string Slug, int Status, string Title, bool Retryable = false)
{
    public static readonly ProblemType Validation = new("validation", 400, "The request is not valid");
    public static readonly ProblemType Unauthenticated = new("unauthenticated", 401, "No valid API key was given");
    public static readonly ProblemType ForbiddenScope = new("forbidden-scope", 403, "The API key lacks the scope this needs");
    public static readonly ProblemType NotFound = new("not-found", 404, "There is no such resource");
    public static readonly ProblemType MethodNotAllowed = new("method-not-allowed", 405, "The resource does not know this method");
    public static readonly ProblemType InvalidTransition = new("invalid-transition", 409, "The resource's state does not allow this");
    public static readonly ProblemType OperationInProgress = new("operation-in-progress", 409, "Another operation is working on this resource", true);
    public static readonly ProblemType IdempotencyInFlight = new("idempotency-in-flight", 409, "The first request with this key is still running", true);
    public static readonly ProblemType AlreadyExists = new("already-exists", 409, "A resource with this name exists");
    public static readonly ProblemType PreconditionFailed = new("precondition-failed", 412, "The resource has changed since it was read");
    public static readonly ProblemType PayloadTooLarge = new("payload-too-large", 413, "The request is too large");
    public static readonly ProblemType UnsupportedMedia = new("unsupported-media", 415, "The media type is not supported");
    public static readonly ProblemType IdempotencyMismatch = new("idempotency-mismatch", 422, "This idempotency key belongs to another request");
    public static readonly ProblemType InfeasiblePlan = new("infeasible-plan", 422, "The constraints contradict each other");
    public static readonly ProblemType AudienceEmpty = new("audience-empty", 422, "Nobody is left in the audience");
    public static readonly ProblemType NotReady = new("not-ready", 422, "Something this depends on is not ready");
    public static readonly ProblemType NothingNew = new("nothing-new", 422, "Nothing has come that could be gone on with");
    public static readonly ProblemType PreconditionRequired = new("precondition-required", 428, "An If-Match header is needed here");
    public static readonly ProblemType Internal = new("internal", 500, "Something went wrong on our side", true);
    public static readonly ProblemType TrainerDied = new("trainer-died", 500, "The process that trains has ended before its work was done", true);
    public static readonly ProblemType Overloaded = new("overloaded", 503, "Not ready to serve", true);

    public static readonly IReadOnlyList<ProblemType> Registry =
    [
        Validation, Unauthenticated, ForbiddenScope, NotFound, MethodNotAllowed, InvalidTransition, OperationInProgress,
        IdempotencyInFlight, AlreadyExists, PreconditionFailed, PayloadTooLarge, UnsupportedMedia, IdempotencyMismatch,
        InfeasiblePlan, AudienceEmpty, NotReady, NothingNew, PreconditionRequired, Internal, TrainerDied, Overloaded,
    ];

    public string Uri => $"urn:noah:problem:{Slug}";

    /// <summary>The registry's generic entry for a bare status code, if there is one.</summary>
    public static ProblemType? ForStatus(int status) => Registry.FirstOrDefault(type => type.Status == status);
}
