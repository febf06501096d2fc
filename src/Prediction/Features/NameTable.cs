using System.Runtime.CompilerServices;

namespace Noah.Prediction.Features;

/// <summary>
/// The place of each of a fixed set of names, compared ordinally: open addressing with linear probing, at most half full. The hash is this
/// process's own matter and is written nowhere.
/// </summary>
internal sealed class NameTable
{
    /// <summary>What a search says of a name that is not among them, and of null.</summary>
    public const int Unknown = -1, Null = -2;

    /// <summary>Most names that are looked up at once.</summary>
    public const int MostAtOnce = 256;

    private const ulong Multiplier = 0x9E3779B97F4A7C15, Salt = 0xA0761D6478BD642F;

    private readonly Slot[] _slots;
    private readonly int _shift;

    /// <param name="names">Unique.</param>
    public NameTable(string[] names)
    {
        int bits = 2;
        while (1L << bits < 2L * names.Length)
        {
            bits++;
        }
        _shift = 64 - bits;
        _slots = new Slot[1 << bits];
        for (int place = 0; place < names.Length; place++)
        {
            ArgumentNullException.ThrowIfNull(names[place], nameof(names));
            ulong hash = HashOf(names[place]);
            if (Find(names[place], hash) >= 0)
            {
                throw new ArgumentException($"The name '{names[place]}' appears twice.", nameof(names));
            }
            int at = (int)(hash >> _shift);
            while (_slots[at].Name is not null)
            {
                at = (at + 1) & (_slots.Length - 1);
            }
            _slots[at] = new Slot(hash, names[place], place);
        }
    }

    /// <summary>The name's place; <see cref="Unknown"/> where it is not among them.</summary>
    public int Find(string name) => Find(name, HashOf(name));

    /// <summary>
    /// The same of many names. All hashes come before the first slot, and all first slots before the first comparison: what waits for memory then
    /// waits together, where one name after the other would wait each for itself.
    /// </summary>
    /// <param name="names">At most <see cref="MostAtOnce"/>.</param>
    /// <param name="places">As many.</param>
    public void Find(ReadOnlySpan<string?> names, Span<int> places)
    {
        Span<ulong> hashes = stackalloc ulong[MostAtOnce];
        for (int i = 0; i < names.Length; i++)
        {
            hashes[i] = names[i] is { } name ? HashOf(name) : 0;
        }
        var slots = _slots;
        for (int i = 0; i < places.Length; i++)
        {
            ref readonly var slot = ref slots[(int)(hashes[i] >> _shift)];
            // A place that may still be wrong: the name was not compared.
            places[i] = slot.Hash == hashes[i] ? slot.Place : Unknown;
        }
        for (int i = 0; i < names.Length; i++)
        {
            places[i] = names[i] is { } name ? Find(name, hashes[i]) : Null;
        }
    }

    private int Find(string name, ulong hash)
    {
        var slots = _slots;
        for (int at = (int)(hash >> _shift); ; at = (at + 1) & (slots.Length - 1))
        {
            ref readonly var slot = ref slots[at];
            if (slot.Name is null)
            {
                return Unknown;
            }
            if (slot.Hash == hash && string.Equals(slot.Name, name))
            {
                return slot.Place;
            }
        }
    }

    /// <summary>Four units at a time, each folded in by a product of 128 bits; the last four overlap those before.</summary>
    private static ulong HashOf(string name)
    {
        int bytes = name.Length * sizeof(char);
        ref byte units = ref Unsafe.As<char, byte>(ref Unsafe.AsRef(in name.GetPinnableReference()));
        ulong hash = (ulong)bytes * Multiplier;
        if (bytes >= sizeof(ulong))
        {
            int last = bytes - sizeof(ulong);
            for (int at = 0; at < last; at += sizeof(ulong))
            {
                hash = Fold(hash ^ Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref units, at)));
            }
            return Fold(hash ^ Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref units, last)));
        }
        ulong rest = bytes switch
        {
            0 => 0,
            sizeof(char) => Unsafe.ReadUnaligned<ushort>(ref units),
            _ => Unsafe.ReadUnaligned<uint>(ref units)
                | (ulong)Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref units, bytes - sizeof(uint))) << 32,
        };
        return Fold(hash ^ rest);
    }

    private static ulong Fold(ulong value)
    {
        ulong high = Math.BigMul(value ^ Salt, Multiplier, out ulong low);
        return high ^ low;
    }

    private readonly record struct Slot(ulong Hash, string? Name, int Place);
}
