namespace Noah.Prediction.Trees;

/// <summary>
/// A node of a tree in an array of all nodes, children behind their parent. A leaf has <see cref="Feature"/> −1. Numbers and names alike
/// are sent by the set of bins that go left: one table look-up, and the direction of the missing is just bin 0.
/// </summary>
internal readonly struct TreeNode(int feature, int left, int right, float value, BinSet goesLeft)
{
    public readonly int Feature = feature, Left = left, Right = right;
    public readonly float Value = value;
    public readonly BinSet GoesLeft = goesLeft;

    public bool IsLeaf => Feature < 0;

    public static TreeNode Leaf(double value) => new(-1, 0, 0, (float)value, default);

    /// <summary>The same node where the tree begins at another place of the array.</summary>
    public TreeNode MovedBy(int places) => IsLeaf ? this : new TreeNode(Feature, Left + places, Right + places, Value, GoesLeft);
}
