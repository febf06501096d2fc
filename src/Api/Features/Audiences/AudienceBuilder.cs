using Noah.Api.Features.Members.Contracts;
using Noah.Api.Features.Models.Contracts;
using Noah.Api.Features.Segments.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Prediction.Retrieval;

namespace Noah.Api.Features.Audiences;

/// <summary>
/// Finds an audience's members: the segment (core), and those most like the seeds (expanded) among the members outside the core who have
/// given the consent that mailing them will need. Nobody without consent is even looked at.
/// </summary>
internal sealed class AudienceBuilder(
    ISegmentMembers segments, AudienceSeeds seeds, IMemberTables tables, IModelScores models, IContactPermissions permissions)
{
    internal sealed record Built(IReadOnlyList<AudienceMember> Members, int Candidates, int Seeds);

    public async Task<Built> BuildAsync(Audience audience, AudienceExpansionTerms? expansion, CancellationToken cancellationToken)
    {
        var core = await segments.ReadAsync(audience.SegmentId, cancellationToken)
            ?? throw new ProblemException(ProblemType.NotReady, $"{AudienceNames.Segments.Name(audience.SegmentId)} does not exist any more.");
        var members = core.Select(id => new AudienceMember { AudienceId = audience.Id, MemberId = id, Ring = AudienceRing.Core });
        if (expansion is null)
        {
            return new Built([.. members], 0, 0);
        }

        var table = await tables.ReadAsync(null, cancellationToken);
        var modelId = AudienceNames.Models.Parse(expansion.Model);
        var seedRows = await seeds.FindAsync(expansion.Seeds, modelId, table, cancellationToken);
        if (seedRows.Length == 0)
        {
            throw new ProblemException(ProblemType.AudienceEmpty, "Nobody is a seed: there is no such event, or no member of the seeds' segment.");
        }

        var (mask, candidates) = await CandidatesAsync(table, core, expansion.RequiredConsent, cancellationToken);
        var embedding = await models.EmbedAsync(modelId, table, cancellationToken);
        var found = AudienceExpansion.Expand(
            new ExactIndex(embedding.Values, embedding.Width), seedRows, expansion.Count, mask, cancellation: cancellationToken);
        var expanded = found.Select(row => new AudienceMember
        {
            AudienceId = audience.Id,
            MemberId = table.MemberIds[row.Row],
            Ring = AudienceRing.Expanded,
            Score = row.Score,
            NearestSeedId = table.MemberIds[row.NearestSeed],
        });
        return new Built([.. members.Concat(expanded)], candidates, seedRows.Length);
    }

    private async Task<(ulong[] Mask, int Count)> CandidatesAsync(
        MemberTable table, IReadOnlyList<Guid> core, ConsentTerms consent, CancellationToken cancellationToken)
    {
        var inCore = core.ToHashSet();
        var outside = table.MemberIds.Where(id => !inCore.Contains(id)).ToArray();
        var blocked = await permissions.BlockedAsync(consent.Channel, consent.Topic, outside, cancellationToken);
        var (mask, count) = (new ulong[(table.Count + 63) / 64], 0);
        for (var row = 0; row < table.Count; row++)
        {
            if (!inCore.Contains(table.MemberIds[row]) && !blocked.ContainsKey(table.MemberIds[row]))
            {
                mask[row >> 6] |= 1UL << (row & 63);
                count++;
            }
        }

        return (mask, count);
    }
}
