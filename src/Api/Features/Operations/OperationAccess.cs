using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Platform.Security;

namespace Noah.Api.Features.Operations;

/// <summary>The kinds of operations that the request's key may see and cancel; others do not exist for it.</summary>
internal sealed class OperationAccess(IEnumerable<IOperationHandler> handlers, IHttpContextAccessor http)
{
    public IReadOnlyList<string> Kinds { get; } =
    [
        .. handlers.Where(handler => http.HttpContext?.User.HasClaim(NoahAuthentication.ScopeClaim, handler.Scope) == true).Select(handler => handler.Kind),
    ];
}
