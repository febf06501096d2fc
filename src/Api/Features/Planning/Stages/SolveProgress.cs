namespace Noah.Api.Features.Planning.Stages;

/// <summary>How far a solver is: passes over the program, of how many when that is known.</summary>
internal readonly record struct SolveProgress(int Completed, int? Total);
