using Noah.Api.Platform.Persistence;

namespace Noah.Api.Platform.Http;

/// <summary>
/// Route constraint <c>{id:rid}</c>: a prefix and 26 base32 characters. It keeps <c>GET /v1/campaigns/{id}</c> from matching
/// <c>cmp_…:launch</c>, which would otherwise be taken for an identifier.
/// </summary>
internal sealed class ResourceIdConstraint : IRouteConstraint
{
    public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
        values.TryGetValue(routeKey, out var value)
        && value is string text
        && text.IndexOf('_', StringComparison.Ordinal) is var separator and > 0
        && text.Length == separator + 1 + PublicId.BodyLength
        && text.All(character => char.IsAsciiLetterOrDigit(character) || character == '_');
}
