namespace Noah.Prediction.Features;

/// <summary>
/// 64 bits of a name: FNV-1a over its UTF-16 units (Fowler, Noll, Vo), then the finalizer of MurmurHash3 (Appleby), without which neighbouring
/// names would differ in few bits. It is written into models and may not change.
/// </summary>
internal static class NameHash
{
    private const ulong Offset = 0xCBF29CE484222325, Prime = 0x100000001B3;

    public static ulong Of(string name)
    {
        ulong hash = Offset;
        foreach (char unit in name)
        {
            hash = (hash ^ (byte)unit) * Prime;
            hash = (hash ^ (byte)(unit >> 8)) * Prime;
        }
        hash = (hash ^ (hash >> 33)) * 0xFF51AFD7ED558CCD;
        hash = (hash ^ (hash >> 33)) * 0xC4CEB9FE1A85EC53;
        return hash ^ (hash >> 33);
    }
}
