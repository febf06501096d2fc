namespace Noah.Api.Platform.Pages;

/// <summary>Pages of one kind behind signed links.</summary>
/// <param name="Path">First segment of their addresses.</param>
/// <param name="Purpose">What their tokens are good for: one of another kind opens none of them.</param>
internal sealed record PageKind(string Path, string Purpose);
