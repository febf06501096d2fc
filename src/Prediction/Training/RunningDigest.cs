using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Noah.Prediction.Training;

/// <summary>
/// SHA-256 of bytes that come in pieces, chained over blocks of one size: h ← SHA-256(h | block). Where pieces end leaves no trace, nothing
/// native is held, and it may be read on the way.
/// </summary>
internal sealed class RunningDigest
{
    private const int BlockBytes = 1 << 14;

    // The hash so far, then the block.
    private readonly byte[] _bytes = new byte[SHA256.HashSizeInBytes + BlockBytes];
    private int _end = SHA256.HashSizeInBytes;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > _bytes.Length - _end)
        {
            int room = _bytes.Length - _end;
            bytes[..room].CopyTo(_bytes.AsSpan(_end));
            bytes = bytes[room..];
            SHA256.HashData(_bytes, _bytes.AsSpan(0, SHA256.HashSizeInBytes));
            _end = SHA256.HashSizeInBytes;
        }
        bytes.CopyTo(_bytes.AsSpan(_end));
        _end += bytes.Length;
    }

    public void Add(int value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        Add(bytes);
    }

    /// <summary>Its length before it: no two rows of texts give the same bytes. Missing has the length −1.</summary>
    public void Add(string? text)
    {
        Add(text?.Length ?? -1);
        Add(MemoryMarshal.AsBytes(text.AsSpan()));
    }

    public byte[] Current() => SHA256.HashData(_bytes.AsSpan(0, _end));
}
