namespace Noah.Prediction.Serving;

/// <summary>Room for 32 rows on their way through a network. Used by one call at a time.</summary>
internal sealed unsafe class LaneTile
{
    private readonly PinnedBuffer _memory;
    private readonly bool _quantizes;
    private readonly byte* _inputBytes, _bytes;
    private readonly float* _inputScale, _scale;
    private readonly int* _sums;

    /// <param name="input">Numbers that enter the network.</param>
    /// <param name="representation">Numbers behind it.</param>
    /// <param name="widest">The most outputs of a layer, as written.</param>
    /// <param name="heads">Outputs of all heads, as written.</param>
    /// <param name="quantizes">Whether layers read bytes.</param>
    public LaneTile(int input, int representation, int widest, int heads, bool quantizes)
    {
        const int Number = Lanes.Rows * sizeof(float), Sums = 12, Spare = 4, Scales = 4;
        int bytes = quantizes ? ByteLayer.QuadsOf(Math.Max(input, widest)) : 0;
        // The last layer of the trunk is written into the representation, with what its last block is too long.
        long numbers = input + representation + Spare + (3L * widest) + heads + (2L * bytes) + Sums + Scales;
        _memory = new PinnedBuffer(numbers * Number);
        _quantizes = quantizes;
        byte* at = _memory.Start;
        Input = (float*)Take(input);
        Representation = (float*)Take(representation + Spare);
        Hidden = (float*)Take(widest);
        Mapped = (float*)Take(widest);
        Other = (float*)Take(widest);
        Heads = (float*)Take(heads);
        _inputBytes = Take(bytes);
        _bytes = Take(bytes);
        _sums = (int*)Take(Sums);
        _inputScale = (float*)Take(2);
        _scale = (float*)Take(2);

        byte* Take(long count)
        {
            byte* start = at;
            at += count * Number;
            return start;
        }
    }

    public float* Input { get; }

    public float* Representation { get; }

    public float* Hidden { get; }

    public float* Mapped { get; }

    public float* Other { get; }

    public float* Heads { get; }

    /// <summary>Makes numbers ready for layers to read; until the next call with another <paramref name="isInput"/>.</summary>
    /// <param name="values">[width][32].</param>
    /// <param name="width">Numbers per row.</param>
    /// <param name="isInput">Whether they are the input of the network, which several layers read.</param>
    public LayerInput Read(float* values, int width, bool isInput = false)
    {
        if (!_quantizes)
        {
            return new LayerInput { Values = values };
        }
        byte* bytes = isInput ? _inputBytes : _bytes;
        float* scale = isInput ? _inputScale : _scale;
        LaneMath.Quantize(values, width, bytes, scale, scale + Lanes.Rows);
        return new LayerInput { Values = values, Bytes = bytes, Lowest = scale, Step = scale + Lanes.Rows, Sums = _sums };
    }
}
