using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Noah.Api.Platform.Http;

/// <summary>An amount in a currency: <c>{"amount":"12.34","currency":"EUR"}</c>. The decimal travels as text so that no client rounds it.</summary>
internal sealed record Money([property: JsonConverter(typeof(Money.DecimalTextConverter))] decimal Amount, string Currency)
{
    internal sealed class DecimalTextConverter : JsonConverter<decimal>
    {
        public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String
            && decimal.TryParse(reader.GetString(), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
                ? value
                : throw new JsonException("A decimal in quotes is expected, such as \"12.34\".");

        public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString("0.00##", CultureInfo.InvariantCulture));
    }
}
