namespace Noah.Api.Features.Models;

/// <summary>What a trained model is, how good it is on members it has not seen, and what it may be used for.</summary>
/// <param name="Summary">The same in sentences.</param>
/// <param name="Data">What it learnt from.</param>
/// <param name="Responses">Held-out quality per yes-or-no outcome.</param>
/// <param name="Increments">What each action adds to the value, per member, as far as randomised data support it.</param>
/// <param name="IncrementRule">How increments are calibrated.</param>
/// <param name="Training">How training went.</param>
/// <param name="Value">Held-out quality of the amounts.</param>
/// <param name="Findings">Columns of the training half that deserve a look.</param>
/// <param name="Refresh">Where the version went on from another instead of learning anew.</param>
internal sealed record ModelCard(
    IReadOnlyList<string> Summary,
    CardData Data,
    IReadOnlyList<CardResponse> Responses,
    IReadOnlyList<CardIncrement> Increments,
    string IncrementRule,
    CardTraining Training,
    CardValue? Value = null,
    IReadOnlyList<CardFinding>? Findings = null,
    CardRefresh? Refresh = null);

/// <summary>How a version went on from another. Amounts, increments and their evidence are those of that version.</summary>
/// <param name="From">Number of the version it went on from.</param>
/// <param name="FromTrainTime">When that was trained.</param>
/// <param name="Members">Members it went on with: of the training half, with complete outcomes, and not seen by that version.</param>
/// <param name="Outcomes">Held-out quality before and after, on the same members.</param>
internal sealed record CardRefresh(int From, DateTimeOffset FromTrainTime, int Members, IReadOnlyList<CardRefreshedOutcome> Outcomes);

/// <param name="Outcome">Name of the metric.</param>
/// <param name="Before">Scores of the version it went on from.</param>
/// <param name="After">Scores of this version.</param>
internal sealed record CardRefreshedOutcome(string Outcome, BinaryScores Before, BinaryScores After);

/// <summary>A column that deserves a look.</summary>
/// <param name="Column">Name of the feature or outcome.</param>
/// <param name="Condition"><c>constant</c>, <c>empty</c>, <c>outlier</c>, <c>highCardinality</c> or <c>oneClass</c>.</param>
/// <param name="Sentence">What that means.</param>
internal sealed record CardFinding(string Column, string Condition, string Sentence);

/// <summary>The randomised data. The two halves are split by a salted hash of the member, so that the split can be recomputed.</summary>
internal sealed record CardData(
    string Experiment,
    string DisplayName,
    DateTimeOffset From,
    DateTimeOffset To,
    IReadOnlyList<string> Actions,
    IReadOnlyList<string> Features,
    int Members,
    int TrainingMembers,
    int HeldOutMembers,
    IReadOnlyList<int> TrainingMembersPerAction);

/// <summary>One yes-or-no outcome, scored on held-out members beside three yardsticks: everybody's base rate, plain logistic regression, and boosted trees.</summary>
/// <param name="Outcome">Name of the metric.</param>
/// <param name="TrainingPositives">Training members with the outcome.</param>
/// <param name="Calibration">How probabilities were calibrated.</param>
/// <param name="HeldOut">The network's scores.</param>
/// <param name="LogisticRegression">The same of logistic regression on the same members and features.</param>
/// <param name="Gains">Gain curve.</param>
/// <param name="BoostedTrees">The same of gradient-boosted trees.</param>
/// <param name="Beside">Mean log loss of the network minus that of each yardstick (<c>logisticRegression</c>, <c>boostedTrees</c>), paired by member: below 0 the network is better.</param>
internal sealed record CardResponse(
    string Outcome,
    int TrainingPositives,
    string Calibration,
    BinaryScores HeldOut,
    BinaryScores? LogisticRegression = null,
    IReadOnlyList<CardGain>? Gains = null,
    BinaryScores? BoostedTrees = null,
    IReadOnlyList<ShadowDifference>? Beside = null);

/// <summary>One point of a gain curve: so much of all outcomes is among so many of the members, those with the highest predictions first.</summary>
/// <param name="Members">Share of the held-out members, in (0, 1].</param>
/// <param name="Outcomes">Share of their outcomes, in [0, 1].</param>
internal sealed record CardGain(double Members, double Outcomes);

/// <summary>Log loss and calibration error are better when lower, AUC when higher (0.5 is chance; missing where one class is absent).</summary>
internal sealed record BinaryScores(
    int Members,
    int Positives,
    double BaseRate,
    double MeanPredicted,
    double LogLoss,
    double BaseRateLogLoss,
    double Brier,
    double ExpectedCalibrationError,
    IReadOnlyList<CardBin> CalibrationBins,
    double? Auc = null);

internal sealed record CardBin(int Members, double MeanPredicted, double ObservedRate);

/// <summary>Amounts, scored on held-out members. Gini: 1 is the perfect order, 0 a random one.</summary>
internal sealed record CardValue(
    string Metric,
    string Unit,
    int TrainingPositives,
    int Members,
    double MeanPredicted,
    double MeanActual,
    IReadOnlyList<CardDecile> Deciles,
    BinaryScores Positive,
    double? NormalizedGini = null,
    double? Spearman = null,
    double? DecileMape = null);

/// <summary>A tenth of the members by predicted amount; 10 is the highest.</summary>
internal sealed record CardDecile(int Decile, int Members, double MeanPredicted, double MeanActual);

/// <summary>Digests are SHA-256 over features, actions and outcomes: equal digest, seed and device, equal model.</summary>
internal sealed record CardTraining(
    int Seed, string Device, IReadOnlyDictionary<string, string> DataDigests, IReadOnlyDictionary<string, double> Seconds);
