namespace Noah.Api.Features.Planning;

/// <summary>Where the page is; anybody with this link may read it until it expires.</summary>
internal sealed record PlanLinks(string Html, DateTimeOffset HtmlExpiresAt);
