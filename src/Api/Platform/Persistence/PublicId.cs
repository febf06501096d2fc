using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Noah.Api.Platform.Persistence;

/// <summary>
/// The public form of an identifier: a type prefix and a UUIDv7 in Crockford base32, such as <c>cmp_01j9…</c>.
/// Time-ordered, so that a listing by identifier is a listing by creation.
/// </summary>
internal static class PublicId
{
    /// <summary>Characters after the prefix: 128 bits in groups of five.</summary>
    public const int BodyLength = 26;

    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    public static string Format(string prefix, Guid id) => string.Create(prefix.Length + 1 + BodyLength, (prefix, id), static (text, state) =>
    {
        state.prefix.CopyTo(text);
        text[state.prefix.Length] = '_';
        var bits = Bits(state.id);
        for (var position = text.Length - 1; position > state.prefix.Length; position--)
        {
            text[position] = Alphabet[(int)(bits & 31)];
            bits >>= 5;
        }
    });

    public static bool TryParse(string prefix, [NotNullWhen(true)] string? text, out Guid id)
    {
        id = default;
        if (text is null || text.Length != prefix.Length + 1 + BodyLength || text[prefix.Length] != '_' || !text.StartsWith(prefix, StringComparison.Ordinal))
        {
            return false;
        }

        UInt128 bits = 0;
        foreach (var character in text.AsSpan(prefix.Length + 1))
        {
            var digit = Alphabet.IndexOf(character, StringComparison.Ordinal);
            if (digit < 0)
            {
                return false;
            }

            bits = (bits << 5) | (uint)digit;
        }

        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, bits);
        id = new Guid(bytes, bigEndian: true);
        return Format(prefix, id) == text;
    }

    private static UInt128 Bits(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }
}
