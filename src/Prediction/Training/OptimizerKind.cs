namespace Noah.Prediction.Training;

/// <summary>How a gradient becomes a step.</summary>
public enum OptimizerKind
{
    /// <summary>Adam with decoupled decay (Kingma and Ba 2015; Loshchilov and Hutter 2019).</summary>
    Adam,

    /// <summary>Stochastic gradient descent with heavy-ball momentum (Polyak 1964) and decoupled decay.</summary>
    Sgd,
}
