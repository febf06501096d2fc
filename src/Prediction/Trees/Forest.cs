using Noah.Prediction.Artifacts;

namespace Noah.Prediction.Trees;

/// <summary>All nodes of all trees in one array, and where each tree begins.</summary>
internal sealed record Forest(TreeNode[] Nodes, int[] Roots)
{
    private const int NodeWidth = 4, MaskWidth = 16;

    public static Forest Of(IEnumerable<TreeNode[]> trees)
    {
        var nodes = new List<TreeNode>();
        var roots = new List<int>();
        foreach (var tree in trees)
        {
            int root = nodes.Count;
            roots.Add(root);
            nodes.AddRange(tree.Select(node => node.MovedBy(root)));
        }
        return new Forest([.. nodes], [.. roots]);
    }

    /// <summary>Adds a tree's values to margins of rows.</summary>
    public static void AddTo(double[] margins, TreeNode[] nodes, int root, BinnedTable table)
    {
        for (int row = 0; row < margins.Length; row++)
        {
            int at = root;
            while (!nodes[at].IsLeaf)
            {
                ref readonly var node = ref nodes[at];
                at = node.GoesLeft.Contains(table.Columns[node.Feature][row]) ? node.Left : node.Right;
            }
            margins[row] += nodes[at].Value;
        }
    }

    public IReadOnlyList<ArtifactTensor> Tensors()
    {
        var nodes = new float[Nodes.Length * NodeWidth];
        var masks = new float[Nodes.Length * MaskWidth];
        for (int i = 0; i < Nodes.Length; i++)
        {
            var node = Nodes[i];
            (nodes[NodeWidth * i], nodes[NodeWidth * i + 1]) = (node.Feature, node.Left);
            (nodes[NodeWidth * i + 2], nodes[NodeWidth * i + 3]) = (node.Right, node.Value);
            for (int part = 0; part < MaskWidth; part++)
            {
                // 16 bits at a time: a float holds them exactly, and no bit pattern is a NaN.
                masks[MaskWidth * i + part] = (ushort)(node.GoesLeft[part / 4] >> (part % 4 * 16));
            }
        }
        return [new ArtifactTensor("nodes", [Nodes.Length, NodeWidth], nodes), new ArtifactTensor("masks", [Nodes.Length, MaskWidth], masks)];
    }

    /// <exception cref="InvalidDataException">The tensors are not those of a forest over so many features.</exception>
    public static Forest Restore(IReadOnlyList<ArtifactTensor> tensors, int[] roots, int features)
    {
        if (tensors is not [{ Name: "nodes", Values: var values }, { Name: "masks", Values: var masks }]
            || values.Length / NodeWidth != masks.Length / MaskWidth || values.Length % NodeWidth != 0)
        {
            throw new InvalidDataException("The model file's trees are incomplete.");
        }
        var nodes = new TreeNode[values.Length / NodeWidth];
        for (int i = 0; i < nodes.Length; i++)
        {
            var goesLeft = default(BinSet);
            for (int part = 0; part < MaskWidth; part++)
            {
                goesLeft[part / 4] |= (ulong)masks[MaskWidth * i + part] << (part % 4 * 16);
            }
            var value = values.AsSpan(NodeWidth * i, NodeWidth);
            nodes[i] = new TreeNode((int)value[0], (int)value[1], (int)value[2], value[3], goesLeft);
            // Children behind their parent: no walk can run in circles.
            if (nodes[i].Feature >= features || !float.IsFinite(value[3])
                || (!nodes[i].IsLeaf && (nodes[i].Left <= i || nodes[i].Right <= i || Math.Max(nodes[i].Left, nodes[i].Right) >= nodes.Length)))
            {
                throw new InvalidDataException($"Node {i} of the model file's trees is not valid.");
            }
        }
        return Array.Exists(roots, root => (uint)root >= (uint)nodes.Length)
            ? throw new InvalidDataException("A tree of the model file begins outside its nodes.")
            : new Forest(nodes, roots);
    }
}
