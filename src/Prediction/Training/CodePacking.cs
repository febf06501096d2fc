using System.Runtime.InteropServices;

namespace Noah.Prediction.Training;

/// <summary>Codes of a row in as few bytes as each column needs: 1, 2 or 4.</summary>
internal sealed class CodePacking
{
    private readonly int[] _bytes, _offsets;

    /// <param name="sizes">Codes of each column.</param>
    public CodePacking(IReadOnlyList<int> sizes)
    {
        _bytes = [.. sizes.Select(size => size <= 1 << 8 ? 1 : size <= 1 << 16 ? 2 : 4)];
        _offsets = new int[_bytes.Length];
        for (int c = 0; c < _bytes.Length; c++)
        {
            _offsets[c] = RowBytes;
            RowBytes += _bytes[c];
        }
    }

    public int RowBytes { get; private set; }

    /// <param name="codes">Of one row.</param>
    /// <param name="packed">Of <see cref="RowBytes"/>.</param>
    public void Pack(ReadOnlySpan<int> codes, Span<byte> packed)
    {
        for (int c = 0; c < codes.Length; c++)
        {
            var target = packed[_offsets[c]..];
            switch (_bytes[c])
            {
                case 1:
                    target[0] = (byte)codes[c];
                    break;
                case 2:
                    MemoryMarshal.Write(target, (ushort)codes[c]);
                    break;
                default:
                    MemoryMarshal.Write(target, codes[c]);
                    break;
            }
        }
    }

    public void Unpack(ReadOnlySpan<byte> packed, Span<int> codes)
    {
        for (int c = 0; c < codes.Length; c++)
        {
            var source = packed[_offsets[c]..];
            codes[c] = _bytes[c] switch
            {
                1 => source[0],
                2 => MemoryMarshal.Read<ushort>(source),
                _ => MemoryMarshal.Read<int>(source),
            };
        }
    }
}
