using Color = ScottPlot.Color;

namespace Noah.Api.Platform.Pages;

/// <summary>
/// The colours of plots. They stand in the SVG as they are, and by their names as classes, through which the stylesheet turns them for
/// dark screens. An arm has the same colour in every plot; the control is grey.
/// </summary>
internal sealed record Ink(string Name, string Hex)
{
    public static readonly Ink Text = new("text", "#2a3340");
    public static readonly Ink Faint = new("faint", "#8b95a3");
    public static readonly Ink Grid = new("grid", "#e3e7ed");
    public static readonly Ink Control = new("control", "#6b7686");

    // Okabe and Ito's palette, darkened where thin lines on white need it: told apart by colour-blind readers too.
    private static readonly Ink[] Treatments =
    [
        new("arm1", "#0b6bb3"), new("arm2", "#c8610a"), new("arm3", "#058763"), new("arm4", "#b25a93"), new("arm5", "#8a7400"), new("arm6", "#5b52c9"),
    ];

    public static readonly IReadOnlyDictionary<string, string> NamesByHex =
        new[] { Text, Faint, Grid, Control }.Concat(Treatments).ToDictionary(ink => ink.Hex, ink => ink.Name, StringComparer.OrdinalIgnoreCase);

    public Color Color => Color.FromHex(Hex);

    /// <summary>The ink of an arm by its place in the report, where 0 is the control.</summary>
    public static Ink OfArm(int index) => index == 0 ? Control : Treatments[(index - 1) % Treatments.Length];
}
