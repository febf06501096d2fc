using System.Diagnostics;
using Noah.Api.Features.Experiments.Contracts;
using Noah.Api.Features.Models.Trainer;

namespace Noah.Api.Features.Models;

/// <summary>Scores what was trained on the held-out half and writes it up.</summary>
internal static class CardWriter
{
    public static ModelCard Write(
        ExperimentTerms experiment,
        ModelSpecification specification,
        string currency,
        TrainingHalves halves,
        TrainerResult learnt)
    {
        var started = Stopwatch.GetTimestamp();
        var (training, heldOut) = (halves.Training, halves.HeldOut);
        TrainerArm[] arms = [.. experiment.Arms.Select(arm => new TrainerArm(arm.Name, arm.Weight))];
        string[] actions = [.. arms.Select(arm => arm.Name)];
        var data = Data(experiment, specification, halves);
        CardResponse[] responses = [.. specification.Responses.Select((_, outcome) => CardScores.Response(learnt, outcome, training, heldOut, actions))];
        var value = learnt.Predictors.Value is { } amounts ? CardScores.Value(amounts, specification.Value!, currency, heldOut) : null;
        CardIncrement[] increments = value is null ? [] : CardScores.Increments(learnt, arms, specification.Value!, heldOut, specification.Seed);
        return new ModelCard(
            CardSummary.Write(data, responses, value, increments),
            data,
            responses,
            increments,
            IncrementEvidence.Rule,
            Training(specification, learnt.Predictors, new Dictionary<string, double>(learnt.Seconds) { ["scoring"] = Math.Round(Stopwatch.GetElapsedTime(started).TotalSeconds, 2) }),
            value,
            CardFindings.Of(learnt.Predictors));
    }

    public static CardData Data(ExperimentTerms experiment, ModelSpecification specification, TrainingHalves halves) => new(
        experiment.Name,
        experiment.DisplayName,
        experiment.StartedAt,
        experiment.EndedAt,
        [.. experiment.Arms.Select(arm => arm.Name)],
        specification.Features,
        halves.TrainingMembers.Count + halves.HeldOutMembers,
        halves.TrainingMembers.Count,
        halves.HeldOutMembers,
        halves.TrainingPerArm);

    private static CardTraining Training(ModelSpecification specification, Predictors predictors, IReadOnlyDictionary<string, double> seconds)
    {
        var reports = new[]
        {
            (Name: Predictors.ResponseArtifact, Report: predictors.Response?.Training),
            (Name: Predictors.ValueArtifact(specification.Value ?? ""), Report: predictors.Value?.Training),
        }.Where(pair => pair.Report is not null).ToArray();
        return new CardTraining(
            specification.Seed, reports[0].Report!.Device, reports.ToDictionary(pair => pair.Name, pair => pair.Report!.DataDigest), seconds);
    }
}
