using Noah.Api.Features.Planning.Plans;
using Noah.Api.Platform.Pages;

namespace Noah.Api.Features.Planning.PlanPage;

/// <summary>Sends, cost and value by campaign and by business line.</summary>
internal static class VolumesSection
{
    public static Markup Render(PlanDocument plan, MoneyText money)
    {
        var most = Math.Max(1, plan.Campaigns.Max(c => c.Forecast.Sends));
        return Html.Of($"""
            <section>
            <h2>Where the money goes</h2>
            <div class="wide"><table>
            <thead><tr><th scope="col">Campaign</th><th scope="col">Channel</th><th scope="col">Line</th><th scope="col">Sends</th><th scope="col"></th><th scope="col">Cost</th><th scope="col">Expected value</th><th scope="col">95 % interval</th><th scope="col" class="words">Evidence</th></tr></thead>
            <tbody>
            {Html.Each(plan.Campaigns.Index(), item => Html.Of($"""
            <tr><th scope="row"><i class="dot fill-{Ink.OfArm(item.Index + 1).Name}"></i>{item.Item.DisplayName}</th><td>{item.Item.Channel}</td><td>{item.Item.Line}</td><td>{MoneyText.Count(item.Item.Forecast.Sends)}</td><td>{Bar.Draw((double)item.Item.Forecast.Sends / most, "share of the largest", $"fill-{Ink.OfArm(item.Index + 1).Name}")}</td>{Figures(item.Item.Forecast, money)}<td class="words">{Evidence(item.Item.Evidence.Level)}</td></tr>

            """))}</tbody>
            <tbody>
            {Html.Each(plan.Lines, line => Html.Of($"""
            <tr><th scope="row">Line {line.Line}</th><td></td><td></td><td>{MoneyText.Count(line.Forecast.Sends)}</td><td></td>{Figures(line.Forecast, money)}<td></td></tr>

            """))}
            <tr class="present"><th scope="row">Together</th><td></td><td></td><td>{MoneyText.Count(plan.Totals.Sends)}</td><td></td>{Figures(plan.Totals, money)}<td></td></tr>
            </tbody>
            </table></div>
            <p class="note">{plan.Assumptions.IntervalCovers}</p>
            </section>
            """);
    }

    private static Markup Figures(Forecast forecast, MoneyText money) => Html.Of(
        $"<td>{money.Say(forecast.Cost)}</td><td>{money.Say(forecast.IncrementalValue.Expected)}</td><td>{Numbers.Range(money, forecast.IncrementalValue)}</td>");

    private static string Evidence(string level) => level switch
    {
        "individual" => "proven, and for whom",
        "average" => "proven on average",
        _ => "none",
    };
}
