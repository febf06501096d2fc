using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Noah.Api.Features.Models.Drift;
using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Platform.Persistence;
using Noah.Prediction.Response;
using Noah.Prediction.Uplift;
using Noah.Prediction.Value;

namespace Noah.Api.Features.Models;

/// <summary>The stored parameters of one version, by name.</summary>
internal sealed class VersionArtifacts(IReadOnlyDictionary<string, byte[]> contents)
{
    public byte[] this[string name] => contents[name];

    public static async Task<VersionArtifacts> ReadAsync(NoahDbContext db, Guid versionId, CancellationToken cancellationToken) =>
        new(await db.Set<ModelArtifact>().AsNoTracking().Where(artifact => artifact.VersionId == versionId)
            .ToDictionaryAsync(artifact => artifact.Name, artifact => artifact.Content, cancellationToken));

    /// <summary>What members looked like at training; null for versions that were trained before profiles were kept.</summary>
    public ModelProfile? ReadProfile() =>
        contents.TryGetValue(ModelProfile.Artifact, out var profile) ? JsonSerializer.Deserialize<ModelProfile>(profile, OperationJson.Options) : null;

    /// <summary>The networks; refused with what is wrong when a file is damaged or of another code version.</summary>
    public Predictors Load(ModelSpecification specification) => new(
        contents.TryGetValue(Predictors.ResponseArtifact, out var response) ? ResponseModel.Load(new MemoryStream(response)) : null,
        specification.Value is { } metric ? ValueModel.Load(new MemoryStream(contents[Predictors.ValueArtifact(metric)])) : null,
        contents.Where(content => content.Key.StartsWith(Predictors.UpliftArtifacts, StringComparison.Ordinal)).ToDictionary(
            content => int.Parse(content.Key.AsSpan(Predictors.UpliftArtifacts.Length), CultureInfo.InvariantCulture),
            content => UpliftModel.Load(new MemoryStream(content.Value))));
}
