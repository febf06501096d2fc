using Noah.Experimentation.Inference;

namespace Noah.Experimentation.Triggering;

/// <summary>Result of <see cref="TriggeredAnalysis"/>.</summary>
/// <param name="Status">Whether the estimates may be read; estimates are given in any case, as they help to find what is broken.</param>
/// <param name="Units">Units in the log.</param>
/// <param name="TriggeredShare">Weighted share on whom the policies disagree, in [0, 1]; null without units.</param>
/// <param name="Triggered">Effect per unit on whom the policies disagree, from the first disagreement on.</param>
/// <param name="Diluted">Effect per unit of the whole: share times triggered effect; arm means are not those of the whole and null.</param>
/// <param name="Undiluted">The plain comparison of all units, for reference.</param>
/// <param name="VarianceRatio">Squared error of the undiluted over that of the diluted effect; null where one is not known.</param>
/// <param name="Cells">The four cells.</param>
/// <param name="Complement">Difference of the outcomes that cannot differ: agreeing units, and triggered units before they triggered.</param>
/// <param name="WholeRatio">Sample ratio of all units.</param>
/// <param name="TriggeredRatio">Sample ratio of triggered units.</param>
/// <param name="Sends">Sends per unit of the whole in both arms.</param>
/// <param name="Cost">Cost per unit of the whole in both arms; null without costs.</param>
public sealed record TriggeredReport(
    TriggeredStatus Status,
    int Units,
    double? TriggeredShare,
    TriggeredContrast Triggered,
    TriggeredContrast Diluted,
    TriggeredContrast Undiluted,
    double? VarianceRatio,
    IReadOnlyList<TriggeredCellReport> Cells,
    TriggeredContrast Complement,
    SampleRatioResult WholeRatio,
    SampleRatioResult TriggeredRatio,
    VolumeMatch Sends,
    VolumeMatch? Cost);
