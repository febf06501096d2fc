namespace Noah.Api.Features.Models;

/// <summary>Evidence of what one action adds per member, from members whose predictions came from models that had not seen them.</summary>
/// <param name="Action">Its name.</param>
/// <param name="Evidence"><c>none</c>, <c>average</c> or <c>individual</c>.</param>
/// <param name="AverageEffect">Doubly robust average increment, in the value's unit per member.</param>
/// <param name="AverageLower">Lower end of its 95 % interval.</param>
/// <param name="AverageUpper">Upper end of its 95 % interval.</param>
/// <param name="AppliedSlope">Part of the predicted differences that increments use: 0 unless the evidence is individual.</param>
/// <param name="MeanPredictedIncrement">Of the training members, about which differences are taken.</param>
/// <param name="Groups">Predicted against estimated increments in five groups.</param>
/// <param name="Slope">Calibration slope: 1 where differences come true as predicted, 0 where predictions say nothing.</param>
/// <param name="SlopeStandardError">Of the slope.</param>
/// <param name="Learner">What tells members apart: <c>linear</c> or <c>trees</c> (doubly robust), or <c>network</c>, the value network's differences. Used where the evidence is individual.</param>
/// <param name="Candidates">All learners on the training half, the simplest first; each row judged by a model of the other fold.</param>
/// <param name="HeldOut">The chosen learner's order on members that nothing here has seen.</param>
internal sealed record CardIncrement(
    string Action,
    string Evidence,
    double AverageEffect,
    double AverageLower,
    double AverageUpper,
    double AppliedSlope,
    double MeanPredictedIncrement,
    IReadOnlyList<CardUpliftGroup> Groups,
    double? Slope = null,
    double? SlopeStandardError = null,
    string Learner = UpliftLearners.Network,
    IReadOnlyList<CardUpliftCandidate>? Candidates = null,
    CardUplift? HeldOut = null);

/// <summary>One learner of increments, cross-fitted on the training half.</summary>
/// <param name="Learner">Its name.</param>
/// <param name="Slope">Calibration slope; missing where all predictions are equal.</param>
/// <param name="SlopeLower">Lower end of its interval, which holds at 95 % for all learners together.</param>
/// <param name="SlopeUpper">Upper end.</param>
/// <param name="Qini">Gain over a random order, averaged over all shares, in the value's unit per member.</param>
/// <param name="QiniStandardError">Of it.</param>
internal sealed record CardUpliftCandidate(
    string Learner, double? Slope = null, double? SlopeLower = null, double? SlopeUpper = null, double? Qini = null, double? QiniStandardError = null);

/// <summary>An order of members by predicted increment, on held-out members who got the action or the control. In the value's unit per member.</summary>
/// <param name="Members">How many they are.</param>
/// <param name="Verdict"><c>better</c> or <c>worse</c> than a random order, <c>noEvidence</c> where the interval of the gain holds 0, or <c>notTested</c>.</param>
/// <param name="Curve">Gain by share of members addressed.</param>
/// <param name="Auuc">Area under the curve.</param>
/// <param name="RandomAuuc">Of a random order: half the difference of the arms.</param>
/// <param name="Gain">The first minus the second.</param>
/// <param name="GainLower">Lower end of its bootstrap interval, which the verdict rests on.</param>
/// <param name="GainUpper">Upper end.</param>
/// <param name="Qini">Area between the Qini curve and that of a random order (Radcliffe 2007).</param>
/// <param name="QiniLower">Lower end of its bootstrap interval.</param>
/// <param name="QiniUpper">Upper end.</param>
internal sealed record CardUplift(
    int Members,
    string Verdict,
    IReadOnlyList<CardUpliftPoint> Curve,
    double? Auuc = null,
    double? RandomAuuc = null,
    double? Gain = null,
    double? GainLower = null,
    double? GainUpper = null,
    double? Qini = null,
    double? QiniLower = null,
    double? QiniUpper = null)
{
    public const string Better = "better";
    public const string Worse = "worse";
    public const string NoEvidence = "noEvidence";
    public const string NotTested = "notTested";
}

/// <param name="Share">Share of members addressed, those with the highest predicted increments first, in (0, 1].</param>
/// <param name="Gain">What that adds per member of the whole.</param>
/// <param name="Lower">Lower end of its 95 % interval at this share.</param>
/// <param name="Upper">Upper end.</param>
internal sealed record CardUpliftPoint(double Share, double Gain, double Lower, double Upper);

internal sealed record CardUpliftGroup(int Members, double Predicted, double Estimated, double Lower, double Upper);
