using System.Text.Json;
using System.Text.Json.Serialization;
using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Features.Tenancy.Contracts;

namespace Noah.Api.Features.Models;

/// <summary>What a model learns, as stored.</summary>
/// <param name="Features">Names of member attributes.</param>
/// <param name="Responses">Names of binary metrics.</param>
/// <param name="TrainingShare">Share of the experiment's members it learns from, drawn at random.</param>
/// <param name="Seed">Of every random choice in training.</param>
/// <param name="Value">Name of the zero-inflated metric; none when null.</param>
internal sealed record ModelSpecification(
    IReadOnlyList<string> Features, IReadOnlyList<string> Responses, double TrainingShare, int Seed, string? Value = null)
{
    /// <summary>All that is learnt of.</summary>
    [JsonIgnore]
    public IEnumerable<string> Outcomes => Value is null ? Responses : Responses.Append(Value);

    /// <summary>Models with the same seed hold the same members back, so that one may be compared with or built upon another.</summary>
    public string SaltOf(TenantSettings tenant) => $"{tenant.Salt}/training/{Seed}";
}

internal static class ModelReading
{
    public static ModelSpecification ReadSpecification(this Model model) => model.Specification.Deserialize<ModelSpecification>(OperationJson.Options)!;

    public static ModelCard ReadCard(this ModelVersion version) => version.Card.Deserialize<ModelCard>(OperationJson.Options)!;

    public static ShadowComparison? ReadComparison(this ModelVersion version) => version.Comparison?.Deserialize<ShadowComparison>(OperationJson.Options);
}
