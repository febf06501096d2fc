using System.Globalization;
using Noah.Api.Platform.Pages;

namespace Noah.Api.Features.Planning.PlanPage;

/// <summary>A bar in a table: a drawing rather than a style, which the page's policy would refuse.</summary>
internal static class Bar
{
    /// <param name="share">Filled part, clamped to [0, 1].</param>
    /// <param name="label">For screen readers.</param>
    /// <param name="tone">Class of the filled part.</param>
    /// <param name="mark">Where a line crosses the bar, in [0, 1]; null for none.</param>
    public static Markup Draw(double share, string label, string tone = "fill-arm1", double? mark = null) => Html.Of($"""
        <svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label="{label}"><rect class="track" width="100" height="8"/><rect class="{tone}" width="{Percent(share)}" height="8"/>{(mark is { } at ? Html.Of($"""<rect class="fill-text" x="{Percent(at)}" width=".8" height="8"/>""") : Markup.Empty)}</svg>
        """);

    private static string Percent(double share) => (100 * Math.Clamp(share, 0, 1)).ToString("0.##", CultureInfo.InvariantCulture);
}
