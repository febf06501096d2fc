using System.Globalization;
using Noah.Api.Features.Planning.Plans;
using Noah.Api.Platform.Http;

namespace Noah.Api.Features.Planning.PlanPage;

/// <summary>Figures as the page writes them.</summary>
internal static class Numbers
{
    public const string Missing = "–";

    public static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>A relative gap to two digits that say something; a plan is never called perfect beyond what was certified.</summary>
    public static string Gap(double gap) => gap < 0.00001 ? "0.001 %" : (100 * gap).ToString(gap < 0.001 ? "0.###" : "0.##", CultureInfo.InvariantCulture) + " %";

    public static string Share(double share) => (100 * share).ToString("0.#", CultureInfo.InvariantCulture) + " %";

    public static string Signed(MoneyText money, Money amount) => (amount.Amount > 0 ? "+" : "") + money.Say(amount);

    public static string Range(MoneyText money, Estimate estimate) => $"{Unbroken(money.Say(estimate.Lower))} to {Unbroken(money.Say(estimate.Upper))}";

    // A line may otherwise end between the sign and its number.
    private static string Unbroken(string amount) => amount.Replace("−", "−\u2060", StringComparison.Ordinal);

    /// <summary>An amount of a rule, in the rule's unit.</summary>
    public static string Of(ConstraintView rule, double? amount, MoneyText money) =>
        amount is not { } value ? Missing : IsMoney(rule) ? money.Say(value) : MoneyText.Count(value);

    public static bool IsMoney(ConstraintView rule) => rule.Unit == Stages.RuleRow.Money;
}
