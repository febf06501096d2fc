using System.Text.Json;
using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Platform.Pages;

namespace Noah.Api.Features.Experiments;

/// <summary>An analysis as the API shows it: immutable, with the digest of its inputs and a link to its page.</summary>
internal sealed record AnalysisView(
    string Name,
    string Experiment,
    string DisplayName,
    int Number,
    DateTimeOffset CreateTime,
    string InputsDigest,
    AnalysisReport Report,
    PageLinks Links)
{
    public static AnalysisView Of(Analysis analysis, Experiment experiment, PageLinks links) => new(
        analysis.ResourceName(),
        experiment.ResourceName(),
        experiment.Name,
        analysis.Number,
        analysis.CreatedAt,
        analysis.Digest(),
        analysis.ReadReport(),
        links);
}

internal static class AnalysisReading
{
    public static AnalysisReport ReadReport(this Analysis analysis) => analysis.Report.Deserialize<AnalysisReport>(OperationJson.Options)!;

    public static string Digest(this Analysis analysis) => Convert.ToHexStringLower(analysis.InputsDigest);
}
