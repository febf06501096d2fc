using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Noah.Bench;

/// <summary>How figures are written, for people and as the one JSON object of <c>--json</c>.</summary>
internal static class StudyText
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Number(double value) => Math.Abs(value) is >= 1e6 and < 1e15 && value == Math.Floor(value)
        ? value.ToString("F0", CultureInfo.InvariantCulture)
        : value.ToString("G6", CultureInfo.InvariantCulture);

    /// <summary>Value of a parameter.</summary>
    public static string Value(object value) => value is double number ? Number(number) : value.ToString()!;

    public static object Report(IStudy study, StudyParameters parameters, Machine machine, StudyResult result) => new
    {
        study = study.Name,
        parameters = parameters.Values,
        machine,
        // JSON has no NaN or infinity: a figure that could not be computed is null.
        figures = result.Figures.ToDictionary(figure => figure.Name, figure => new { value = Finite(figure.Value), unit = figure.Unit }),
        targets = result.Targets.Select(target => new { target.Name, value = Finite(target.Value), target.Comparison, target.Bound, target.Met }),
        notes = result.Notes,
        passed = result.Passed,
    };

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
