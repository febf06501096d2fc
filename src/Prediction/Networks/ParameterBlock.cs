namespace Noah.Prediction.Networks;

/// <summary>How a parameter is shrunk.</summary>
internal enum ParameterRole
{
    /// <summary>Weights, ordinary decay.</summary>
    Weight,

    /// <summary>Rows of an embedding table, ordinary decay where every row moves at every step.</summary>
    Embedding,

    /// <summary>No decay.</summary>
    Bias,

    /// <summary>Weights of the difference that an action makes: strong decay.</summary>
    Effect,
}

/// <summary>One named parameter and its place in the flat parameter vector.</summary>
/// <param name="Name">Unique within a network.</param>
/// <param name="Role">How it is shrunk.</param>
/// <param name="Offset">Of its first number in the flat vector.</param>
/// <param name="Shape">One or two sizes.</param>
/// <param name="Deviation">Standard deviation of its starting values.</param>
/// <param name="Start">Their mean.</param>
internal sealed record ParameterBlock(string Name, ParameterRole Role, int Offset, int[] Shape, double Deviation = 0, double Start = 0)
{
    public int Length => Shape.Aggregate(1, (product, size) => product * size);
}
