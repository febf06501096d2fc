using Noah.Api.Features.Events.Contracts;
using Noah.Api.Features.Experiments.Contracts;
using Noah.Api.Features.Members.Contracts;
using Noah.Api.Platform.Errors;

namespace Noah.Api.Features.Imports;

/// <summary>Chooses where the rows of an import go.</summary>
internal sealed class ImportTargets(
    IMemberWriter members,
    IMemberDirectory directory,
    IMemberSchema schema,
    IExposureWriter exposures,
    IEventHistory events,
    TimeProvider clock)
{
    /// <summary>The target of the import, with its columns found in the header; fails with a problem that names those missing.</summary>
    public async Task<IImportTarget> CreateAsync(Import import, ImportHeader header, CancellationToken cancellationToken)
    {
        var declaration = import.ReadDeclaration();
        var now = clock.GetUtcNow();
        IImportTarget target = import.Kind switch
        {
            ImportKind.Members => new MemberImport(
                header, declaration, await schema.ReadAsync(cancellationToken), now, members, directory),
            ImportKind.Exposures => await ExposuresAsync(header, declaration, now, cancellationToken),
            _ => new EventImport(header, declaration, now, events, directory),
        };
        header.Check();
        return target;
    }

    private async Task<ExposureImport> ExposuresAsync(
        ImportHeader header, ImportDeclaration declaration, DateTimeOffset now, CancellationToken cancellationToken)
    {
        CreateImport.TryExperiment(declaration.Experiment!, out var experimentId);
        var arms = await exposures.ArmsAsync(experimentId, cancellationToken)
            ?? throw new ProblemException(ProblemType.NotFound, $"{declaration.Experiment} does not exist.");
        return new ExposureImport(header, declaration, experimentId, arms, now, exposures, directory);
    }
}
