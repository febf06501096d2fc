using System.Globalization;
using System.Xml.Linq;
using ScottPlot;

namespace Noah.Api.Platform.Pages;

/// <summary>
/// Turns a plot into an SVG that is at home in the page: scalable, with ids of its own, colours that the stylesheet can turn, a text for
/// screen readers, and labels that keep their anchor whatever font the reader has.
/// </summary>
internal static class SvgFigure
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    // Of a single glyph, in parts of the font size.
    private const double TypicalAdvance = 0.6;

    private const string ReferenceStart = "url(#";

    private static readonly string[] Inked = ["fill", "stroke"];
    private static readonly string[] Dropped = ["font-family", "x", "y", "width", "height"];

    public static Markup Draw(Plot plot, int width, int height, string id, string description)
    {
        var root = XDocument.Parse(plot.GetSvgXml(width, height)).Root!;
        root.Attributes().Where(a => a.Name.LocalName is "width" or "height").Remove();
        root.SetAttributeValue("viewBox", string.Create(CultureInfo.InvariantCulture, $"0 0 {width} {height}"));
        root.SetAttributeValue("role", "img");
        root.SetAttributeValue("aria-label", description);
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var element in root.Descendants().ToList())
        {
            Localise(element, ids, id);
            Colour(element);
            if (element.Name == Svg + "text")
            {
                Anchor(element);
            }
        }

        return new Markup(root.ToString(SaveOptions.DisableFormatting));
    }

    /// <summary>
    /// Skia numbers its clip paths through the life of the process. Numbered anew within the drawing, they neither meet those of another
    /// drawing on the page nor make two renderings of one report differ.
    /// </summary>
    private static void Localise(XElement element, Dictionary<string, string> ids, string prefix)
    {
        if (element.Attribute("id") is { } own)
        {
            own.Value = ids[own.Value] = string.Create(CultureInfo.InvariantCulture, $"{prefix}-{ids.Count}");
        }

        if (element.Attribute("clip-path") is { } clip)
        {
            clip.Value = $"url(#{ids[clip.Value[ReferenceStart.Length..^1]]})";
        }
    }

    private static void Colour(XElement element)
    {
        var classes = Inked
            .Where(attribute => element.Attribute(attribute) is { } hex && Ink.NamesByHex.ContainsKey(hex.Value))
            .Select(attribute => $"{attribute}-{Ink.NamesByHex[element.Attribute(attribute)!.Value]}");
        if (string.Join(' ', classes) is { Length: > 0 } names)
        {
            element.SetAttributeValue("class", names);
        }
    }

    /// <summary>
    /// Skia places every glyph for the font of the server. The browser's own spacing is right with any font once the label hangs on
    /// the side that it was aligned to: the first glyph stands at 0 when left, at −width/2 when centred, at −width when right.
    /// </summary>
    private static void Anchor(XElement text)
    {
        double[] xs = Numbers(text.Attribute("x")), ys = Numbers(text.Attribute("y"));
        var advance = xs.Length > 1 ? (xs[^1] - xs[0]) / (xs.Length - 1) : TypicalAdvance * Numbers(text.Attribute("font-size"))[0];
        var end = xs[^1] + advance;
        var anchor = xs[0] > -1 ? "start" : Math.Abs(end + xs[0]) < Math.Abs(end) ? "middle" : "end";
        text.Attributes().Where(a => Dropped.Contains(a.Name.LocalName)).Remove();
        text.SetAttributeValue("text-anchor", anchor);
        text.SetAttributeValue("y", ys[0].ToString("0.##", CultureInfo.InvariantCulture));
        text.Value = text.Value.Trim();
    }

    private static double[] Numbers(XAttribute? list) =>
        [.. list!.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(n => double.Parse(n, CultureInfo.InvariantCulture))];
}
