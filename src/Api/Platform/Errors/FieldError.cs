namespace Noah.Api.Platform.Errors;

/// <summary>One fault of a request: where (JSON pointer, RFC 6901), which kind, what to do, and what is allowed.</summary>
internal sealed record FieldError(string Pointer, string Code, string Message, object? Allowed = null);
