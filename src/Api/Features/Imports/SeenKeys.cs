using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Noah.Api.Features.Imports;

/// <summary>
/// Which identifiers the file has shown so far. Of each only 128 bits of its SHA-256 are kept, about 40 bytes a row whatever the length
/// of the identifiers; that two of a billion share them has a chance of one in 10²⁰.
/// </summary>
internal sealed class SeenKeys
{
    private readonly HashSet<UInt128> _keys = [];

    /// <summary>True when the identifier is shown for the first time.</summary>
    public bool Add(string key)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(key), hash);
        return _keys.Add(BinaryPrimitives.ReadUInt128LittleEndian(hash));
    }
}
