using Noah.Api.Platform.Errors;

namespace Noah.Api.Platform.Http;

/// <summary>Checks of the types that many requests share.</summary>
internal static class RequestCheckExtensions
{
    /// <summary>The reference must be a well-formed name or identifier of the kind.</summary>
    public static RequestCheck Reference(this RequestCheck check, string pointer, string? reference, ResourceKind kind, out Guid id) => check.Require(
        kind.TryParse(reference, out id), pointer, "malformedReference", $"{pointer} must name one of {kind.Collection}, such as {kind.Collection}/{kind.Prefix}_….");

    /// <summary>Money must be in the tenant's currency and not below the minimum.</summary>
    public static RequestCheck Money(this RequestCheck check, string pointer, Money money, string currency, decimal minimum = 0) => check
        .Require(money.Currency == currency, $"{pointer}/currency", "wrongCurrency", $"{pointer}/currency must be the tenant's, {currency}.", currency)
        .Require(money.Amount >= minimum, $"{pointer}/amount", "outOfRange", $"{pointer}/amount must be at least {minimum}.", new { minimum });
}
