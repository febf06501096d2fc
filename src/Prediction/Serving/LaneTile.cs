namespace Noah.Prediction.Serving;

/// <summary>
/// Room for some groups of 32 rows on their way through a network: addresses are those of the first group, the others stand a stride behind.
/// Used by one call at a time.
/// </summary>
internal sealed unsafe class LaneTile
{
    private readonly PinnedBuffer _memory;
    private readonly bool _quantizes;
    private readonly byte* _inputBytes, _bytes;
    private readonly float* _inputScale, _scale;

    /// <param name="input">Numbers that enter the network.</param>
    /// <param name="representation">Numbers behind it.</param>
    /// <param name="widest">The most outputs of a layer, as written.</param>
    /// <param name="heads">Outputs of all heads, as written.</param>
    /// <param name="quantizes">Whether layers read bytes.</param>
    public LaneTile(int input, int representation, int widest, int heads, bool quantizes)
    {
        const int Number = Lanes.Rows * sizeof(float), Spare = 4, Scales = 2;
        int bytes = quantizes ? ByteLayer.QuadsOf(Math.Max(input, widest)) : 0;
        // The last layer of the trunk is written into the representation, with what its last block is too long.
        long numbers = input + representation + Spare + (3L * widest) + heads + (2L * bytes) + Scales;
        _memory = new PinnedBuffer(numbers * Number * Lanes.MostGroups);
        Stride = numbers * Lanes.Rows;
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
        _inputScale = (float*)Take(1);
        _scale = (float*)Take(1);

        byte* Take(long count)
        {
            byte* start = at;
            at += count * Number;
            return start;
        }
    }

    /// <summary>Numbers from a place in one group to the same place in the next.</summary>
    public long Stride { get; }

    /// <summary>Groups in use.</summary>
    public int Groups { get; set; } = 1;

    /// <summary>The stride times the groups in use.</summary>
    public long End => Stride * Groups;

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
        for (long group = 0; group < End; group += Stride)
        {
            LaneMath.Quantize(values + group, width, bytes + (group * sizeof(float)), scale + group);
        }
        return new LayerInput { Values = values, Bytes = bytes, Step = scale };
    }
}
