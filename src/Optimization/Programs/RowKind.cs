namespace Noah.Optimization.Programs;

/// <summary>What a coupling row limits. The solvers treat all kinds alike; reports and explanations name them.</summary>
public enum RowKind
{
    /// <summary>Money: expected cost of the chosen actions, global or of one campaign.</summary>
    CostBudget,

    /// <summary>Number of chosen actions, global, of a business line or of one campaign; often with both bounds.</summary>
    Volume,

    /// <summary>Expected harm that must stay below a bound, such as unsubscribes or complaints.</summary>
    Guardrail,
}
