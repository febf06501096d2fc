namespace Noah.Optimization.Online;

/// <summary>One action that a unit gets.</summary>
/// <param name="Candidate">Index among the candidates.</param>
/// <param name="Action">Its action.</param>
/// <param name="Surplus">Value less what it uses at the prices, &gt; 0, in money.</param>
public sealed record OnlineChoice(int Candidate, int Action, double Surplus);
