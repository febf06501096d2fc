namespace Noah.Prediction.Networks;

/// <summary>How a parameter is initialised and shrunk.</summary>
internal enum ParameterRole
{
    /// <summary>Weights, drawn at random, ordinary decay.</summary>
    Weight,

    /// <summary>Rows of an embedding table, drawn at random, ordinary decay.</summary>
    Embedding,

    /// <summary>Starts at zero, no decay.</summary>
    Bias,

    /// <summary>Weights of the difference that an action makes: start at zero, strong decay.</summary>
    Effect,
}

/// <summary>One named parameter and its place in the flat parameter vector.</summary>
internal sealed record ParameterBlock(string Name, ParameterRole Role, int Offset, int[] Shape)
{
    public int Length => Shape.Aggregate(1, (product, size) => product * size);
}
