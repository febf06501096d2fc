using static TorchSharp.torch;

namespace Noah.Prediction.Networks;

/// <summary>The named parameters of a network in one flat vector: one optimiser step is a handful of operations, and saving is one tensor.</summary>
internal sealed class ParameterLayout
{
    private readonly List<ParameterBlock> _blocks = [];

    public IReadOnlyList<ParameterBlock> Blocks => _blocks;

    public int Count { get; private set; }

    /// <summary>Appends a parameter.</summary>
    /// <returns>Its place in <see cref="Blocks"/>, and so in the tensors of <see cref="Split"/>.</returns>
    public int Add(string name, ParameterRole role, double deviation, params int[] shape) => AddAround(name, role, deviation, 0, shape);

    /// <summary>Appends a parameter that starts around another value than 0.</summary>
    /// <returns>Its place in <see cref="Blocks"/>.</returns>
    public int AddAround(string name, ParameterRole role, double deviation, double start, params int[] shape)
    {
        var block = new ParameterBlock(name, role, Count, shape, deviation, start);
        _blocks.Add(block);
        Count = checked(Count + block.Length);
        return _blocks.Count - 1;
    }

    /// <summary>Cuts the part of the flat vector that begins with a block into parameters; the views follow the caller's dispose scope.</summary>
    public Tensor[] Split(Tensor flat, int firstBlock = 0, int? blocks = null)
    {
        var cut = _blocks.Skip(firstBlock).Take(blocks ?? _blocks.Count).ToArray();
        var pieces = flat.split([.. cut.Select(block => (long)block.Length)]);
        for (int i = 0; i < pieces.Length; i++)
        {
            pieces[i] = pieces[i].view([.. cut[i].Shape.Select(size => (long)size)]);
        }
        return pieces;
    }

    /// <summary>Draws the starting values, block by block.</summary>
    public float[] Initialize(Random random)
    {
        var values = new float[Count];
        foreach (var block in _blocks)
        {
            for (int i = 0; (block.Deviation > 0 || block.Start != 0) && i < block.Length; i++)
            {
                values[block.Offset + i] = (float)(block.Start + (block.Deviation > 0 ? block.Deviation * NextNormal(random) : 0));
            }
        }
        return values;
    }

    private static double NextNormal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
