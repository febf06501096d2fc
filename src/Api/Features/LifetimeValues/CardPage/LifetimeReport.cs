using System.Globalization;
using Noah.Api.Platform.Pages;
using ScottPlot;

namespace Noah.Api.Features.LifetimeValues.CardPage;

/// <summary>The card as a page: what the values may be used for first, then both ways on customers who were kept back.</summary>
internal static class LifetimeReport
{
    private const string Missing = "–";
    private const int Width = 460;
    private const int Height = 290;
    private const double BarWidth = 0.38;

    public static Markup Render(LifetimeValue value, LifetimeValueVersion version)
    {
        var card = version.ReadCard();
        return PageLayout.Page($"{value.Name} – lifetime value, version {version.Number}", Html.Of($"""
            <main>
            <header>
            <p class="kicker">Lifetime value · version {version.Number}</p>
            <h1>{value.Name}</h1>
            <p class="facts"><span>trained {Day(version.TrainedAt)}</span> <span>contribution in {card.Data.Currency}, discounted</span> {State(version)} {Badge(card)}</p>
            </header>
            <div class="verdict">{Html.Each(card.Summary.Take(3), sentence => Html.Of($"<p>{sentence}</p>"))}</div>
            {Notes(card)}
            {Comparison(version.ReadComparison())}
            <section class="metric">
            <h2>{card.JudgedHorizonDays} days ahead</h2>
            <p class="note">On {Count(card.Data.HeldOutCustomers)} customers that neither way has learnt from, in tenths by predicted value.</p>
            <div class="figures">{Html.Each(card.Competitors.OrderByDescending(c => c.Method == card.Method), competitor => Deciles(competitor, HighestOf(card)))}</div>
            {Table(card)}
            </section>
            {(card.Spread is { } spread ? Spread(spread, card.Data.Currency) : Markup.Empty)}
            {Horizons(card)}
            {Footer(card)}
            </main>
            """));
    }

    private static Markup State(LifetimeValueVersion version) => version.State switch
    {
        LifetimeVersionState.Active => Html.Of($"""<span class="badge good">✓ customers are valued by it since {Day(version.PromotedAt!.Value)}</span>"""),
        LifetimeVersionState.Shadow => Html.Of($"""<span class="badge warn">in the shadow: nobody is valued by it</span>"""),
        _ => Html.Of($"""<span class="badge">retired</span>"""),
    };

    private static Markup Comparison(LifetimeComparison? comparison) => comparison is null ? Markup.Empty : Html.Of($"""
        <section>
        <h2>Beside version {comparison.Against}</h2>
        <p class="note">{comparison.Summary} A training takes over by itself unless one of the two figures is shown to be worse.</p>
        </section>
        """);

    private static Markup Spread(LifetimeCardSpread spread, string currency) => Html.Of($"""
        <section>
        <h2>How unevenly customers bring</h2>
        <p class="note">{spread.Sentence(currency)}</p>
        <div class="wide"><table>
        <thead><tr><th>of {Count(spread.Customers)} customers kept back, within {spread.HorizonDays} days</th><th>brought anything</th><th>mean of all</th><th>mean of those who bought</th><th>P50</th><th>P90</th><th>P99</th></tr></thead>
        <tbody><tr><th>contribution in {currency}</th><td>{Percent(spread.ShareWithPurchase)}</td><td>{Money(spread.Mean)}</td><td>{(spread.MeanIfPurchase is { } mean ? Money(mean) : Missing)}</td><td>{Money(spread.P50)}</td><td>{Money(spread.P90)}</td><td>{Money(spread.P99)}</td></tr></tbody>
        </table></div>
        </section>
        """);

    private static Markup Badge(LifetimeCard card) => card.Leakage.Status == "passes"
        ? Html.Of($"""<span class="badge good">✓ no feature knew the future</span>""")
        : Html.Of($"""<span class="badge warn">attributes left out: {string.Join(", ", card.Leakage.LeftOut)}</span>""");

    private static Markup Notes(LifetimeCard card) => card.Summary.Count <= 3 ? Markup.Empty : Html.Of($"""
        <aside class="warnings"><h2>To keep in mind</h2><ul>{Html.Each(card.Summary.Skip(3), sentence => Html.Of($"<li>{sentence}</li>"))}</ul></aside>
        """);

    // One scale for both, so that the eye may compare them.
    private static double HighestOf(LifetimeCard card) =>
        card.Competitors.SelectMany(competitor => competitor.Deciles).Max(decile => Math.Max(decile.MeanPredicted, decile.MeanActual));

    private static Markup Deciles(LifetimeCardCompetitor competitor, double top) => Html.Of($"""
        <figure><figcaption>{Title(competitor.Method)}</figcaption>
        <p class="legend"><span><i class="dot fill-arm1"></i>predicted</span><span><i class="dot fill-arm2"></i>brought</span></p>
        {Plot(competitor, top)}</figure>
        """);

    private static Markup Plot(LifetimeCardCompetitor competitor, double top)
    {
        var plot = PagePlot.Plain("Tenth of customers by predicted value", "Mean per customer");
        foreach (var decile in competitor.Deciles)
        {
            AddBar(plot, decile.Decile - (BarWidth / 2), decile.MeanPredicted, Ink.OfArm(1));
            AddBar(plot, decile.Decile + (BarWidth / 2), decile.MeanActual, Ink.OfArm(2));
        }

        double[] positions = [.. competitor.Deciles.Select(decile => (double)decile.Decile)];
        plot.Axes.Bottom.SetTicks(positions, [.. competitor.Deciles.Select(decile => decile.Decile.ToString(CultureInfo.InvariantCulture))]);
        plot.Grid.XAxisStyle.IsVisible = false;
        plot.Axes.SetLimits(0.4, competitor.Deciles.Count + 0.6, 0, 1.1 * Math.Max(top, 1e-9));
        plot.Layout.Fixed(new PixelPadding(64, 14, 46, 8));
        return SvgFigure.Draw(plot, Width, Height, competitor.Method, $"{Title(competitor.Method)}: predicted and actual mean by tenth.");
    }

    private static void AddBar(Plot plot, double position, double height, Ink ink)
    {
        var bar = plot.Add.Bar(position, height).Bars.Single();
        (bar.Size, bar.LineWidth, bar.FillColor) = (BarWidth, 0, ink.Color);
    }

    private static Markup Table(LifetimeCard card) => Html.Of($"""
        <div class="wide"><table>
        <caption>Normalised Gini: 1 is the perfect order of customers, 0 a random one.</caption>
        <thead><tr><th></th><th>normalised Gini</th><th>rank correlation</th><th>missed over tenths</th><th>mean predicted</th><th>mean brought</th></tr></thead>
        <tbody>{Html.Each(card.Competitors, competitor => Html.Of($"""
            <tr><th>{Title(competitor.Method)}{(competitor.Method == card.Method ? " ✓ in use" : "")}</th><td>{Number(competitor.NormalizedGini)}</td><td>{Number(competitor.Spearman)}</td><td>{Percent(competitor.DecileError)}</td><td>{Money(competitor.MeanPredicted)}</td><td>{Money(competitor.MeanActual)}</td></tr>

            """))}<tr><th>spend so far, first purchase aside</th><td>{Number(card.PastSpendGini)}</td><td>{Missing}</td><td>{Missing}</td><td>{Missing}</td><td>{Missing}</td></tr>
        </tbody></table></div>
        """);

    private static Markup Horizons(LifetimeCard card) => Html.Of($"""
        <section>
        <h2>How far ahead</h2>
        <div class="wide"><table>
        <thead><tr><th>days</th><th>where from</th><th>snapshots that have lived through it</th></tr></thead>
        <tbody>{Html.Each(card.Horizons, horizon => Html.Of($"""
            <tr><th>{horizon.Days}</th><td>{(horizon.Extrapolated ? "stretched, unchecked" : "learnt")}</td><td>{Percent(horizon.MatureShare)}</td></tr>

            """))}</tbody></table></div>
        </section>
        """);

    private static Markup Footer(LifetimeCard card) => Html.Of($"""
        <footer>
        <h2>Where it comes from</h2>
        <dl class="data">
        <dt>Customers</dt><dd>{Count(card.Data.Snapshots)} looked at once each between {Day(card.Data.FirstSnapshot)} and {Day(card.Data.LastSnapshot)}, of {Count(card.Data.Members)} members; {Count(card.Data.TrainingCustomers)} to learn from</dd>
        <dt>Log</dt><dd>{Count(card.Data.HistoryDays)} days of purchases to {Day(card.Data.ReferenceTime)}; features from the {card.Data.FeatureDays} days before each snapshot</dd>
        <dt>Events</dt><dd>{string.Join(", ", card.Data.EventKinds)}</dd>
        <dt>Attributes</dt><dd>{(card.Data.Attributes.Count > 0 ? string.Join(", ", card.Data.Attributes) : "none")}</dd>
        <dt>Leakage check</dt><dd>{card.Leakage.TimesChecked} features by their times, {card.Leakage.BehaviourChecked} attributes by their behaviour</dd>
        <dt>Returns</dt><dd>{Count(card.Data.NegativeValues)} customers returned more than they bought within a horizon; they count as 0</dd>
        </dl>
        </footer>
        """);

    private static string Title(string method) => method == "network" ? "Value network" : "BG/NBD with gamma-gamma";

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    private static string Count(int count) => count.ToString("N0", CultureInfo.InvariantCulture).Replace(',', '\u202F');

    private static string Percent(double? share) => share is { } known ? (100 * known).ToString("0", CultureInfo.InvariantCulture) + " %" : Missing;

    private static string Number(double? value) => value is { } known ? known.ToString("0.000", CultureInfo.InvariantCulture) : Missing;

    private static string Money(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
