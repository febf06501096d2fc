using Noah.Api.Features.Members.Contracts;

namespace Noah.Api.Features.Experiments.Contracts;

/// <summary>The randomised data of an experiment as a stream: what models are trained on, however many members there are.</summary>
internal interface IExperimentRows
{
    /// <summary>Members exposed so far, those erased since among them.</summary>
    Task<long> CountAsync(Guid experimentId, CancellationToken cancellationToken);

    /// <summary>
    /// Exposed members with attributes and outcomes, ascending by id, in batches of some thousands; nothing else is held. One snapshot of the
    /// database, on a connection of its own; members that were erased since have no attributes and are left out. Empty when there is no such experiment.
    /// </summary>
    IAsyncEnumerable<ExperimentRows> ReadAsync(Guid experimentId, CancellationToken cancellationToken);
}

/// <summary>Some members of an experiment.</summary>
/// <param name="Members">Who they are and what is known of them.</param>
/// <param name="ArmIndex">Index into the arms of the terms, one a member.</param>
/// <param name="Propensity">Probability of that arm, in (0, 1], one a member.</param>
/// <param name="Outcomes">By metric, one a member.</param>
internal sealed record ExperimentRows(MemberTable Members, int[] ArmIndex, double[] Propensity, IReadOnlyDictionary<string, double[]> Outcomes);
