using Noah.Api.Features.Models.Trainer;

namespace Noah.Api.Features.Models;

/// <summary>The members who got one action or the control, and what became of them.</summary>
/// <param name="Rows">Their rows in the whole.</param>
/// <param name="Treated">Whether they got the action.</param>
/// <param name="Shares">Probability of the action among these members, in (0, 1).</param>
/// <param name="Outcomes">The amount.</param>
internal sealed record ActionRows(int[] Rows, bool[] Treated, double[] Shares, float[] Outcomes)
{
    /// <param name="action">Index of the arm.</param>
    /// <param name="arms">The control first.</param>
    /// <param name="taken">[rows] arm of each.</param>
    /// <param name="propensities">[rows] probability of that arm.</param>
    /// <param name="outcomes">[rows].</param>
    public static ActionRows Of(int action, IReadOnlyList<TrainerArm> arms, int[] taken, double[] propensities, float[] outcomes)
    {
        int[] rows = [.. Enumerable.Range(0, taken.Length).Where(row => taken[row] == action || taken[row] == 0)];
        return new ActionRows(
            rows,
            Array.ConvertAll(rows, row => taken[row] == action),
            Array.ConvertAll(rows, row => TreatmentShare(action, taken[row], propensities[row], arms)),
            Array.ConvertAll(rows, row => outcomes[row]));
    }

    public ActionRows Select(int[] places) => new(
        Array.ConvertAll(places, place => Rows[place]),
        Array.ConvertAll(places, place => Treated[place]),
        Array.ConvertAll(places, place => Shares[place]),
        Array.ConvertAll(places, place => Outcomes[place]));

    /// <summary>
    /// Probability of the treatment among members who got it or the control. What is known per member is the probability of their own
    /// arm; the rest is divided among the other arms by their weights, which is exact for two arms and for equal propensities.
    /// </summary>
    private static double TreatmentShare(int action, int arm, double propensity, IReadOnlyList<TrainerArm> arms)
    {
        var other = arm == action ? 0 : action;
        var rest = (1 - propensity) * arms[other].Weight / (arms.Sum(a => a.Weight) - arms[arm].Weight);
        var own = propensity / (propensity + rest);
        return arm == action ? own : 1 - own;
    }
}
