using System.Globalization;
using System.Text.Json;

namespace Noah.Cli.Client;

/// <summary>Short ways to read responses.</summary>
internal static class JsonReading
{
    public static string Text(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.ValueKind == JsonValueKind.String ? value.GetString()! : value.ToString() : "";

    /// <summary>The last part of a resource name: <c>cmp_…</c> of <c>campaigns/cmp_…</c>.</summary>
    public static string Id(this JsonElement element) => element.Text("name")[(element.Text("name").LastIndexOf('/') + 1)..];

    public static double? Number(this JsonElement element, params string[] path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return null;
            }
        }

        return element.ValueKind switch
        {
            JsonValueKind.Number => element.GetDouble(),
            JsonValueKind.String when double.TryParse(element.GetString(), CultureInfo.InvariantCulture, out var value) => value,
            _ => null,
        };
    }

    public static IEnumerable<JsonElement> Items(this JsonElement element, params string[] path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return [];
            }
        }

        return element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : [];
    }
}
