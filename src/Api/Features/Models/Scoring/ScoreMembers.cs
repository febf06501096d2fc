using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Noah.Api.Features.Members.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Http;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Models.Scoring;

/// <summary>Scores a few members at once, while somebody waits: for whole audiences there are plans.</summary>
internal static class ScoreMembers
{
    public const int MostMembers = 500;

    private static readonly ResourceKind Members = new("members", "mem");

    /// <param name="Members">1 to 500 members by name (<c>members/mem_…</c>) or identifier, each once.</param>
    /// <param name="Version">Number of the version to score with; the active one when absent.</param>
    /// <param name="Explain">Whether to tell which features bring about each score; for up to 50 members.</param>
    internal sealed record Request(IReadOnlyList<string> Members, int? Version = null, bool Explain = false);

    internal static async Task<Results<Ok<ScoresView>, ProblemHttpResult>> HandleAsync(
        string id,
        Request request,
        NoahDbContext db,
        IMemberTables tables,
        IErasures erasures,
        LoadedModels loaded,
        CancellationToken cancellationToken)
    {
        if (await GetModel.FindAsync(db, id, cancellationToken) is not { } model)
        {
            return Problems.NotFound($"models/{id}");
        }

        var members = Parse(request, out var check);
        var version = await VersionAsync(db, model, request.Version, cancellationToken);
        check.Require(
            version is not null || request.Version is null, "/version", "notFound", $"{model.ResourceName()} has no version {request.Version}; its latest is {model.LatestVersion}.");
        if (check.Failed(out var invalid))
        {
            return invalid;
        }

        if (version is null)
        {
            return Problems.Result(ProblemType.NotReady, $"{model.ResourceName()} is not trained yet.");
        }

        var table = await tables.ReadAsync(members, cancellationToken);
        var erased = await erasures.FindAsync(members, cancellationToken);
        if (CheckPresence(members, table, erased).Failed(out var absent))
        {
            return absent;
        }

        var specification = model.ReadSpecification();
        var networks = await loaded.GetAsync(
            version.Id, async () => LoadedVersion.Of(await VersionArtifacts.ReadAsync(db, version.Id, CancellationToken.None), specification));
        var (card, features) = (version.ReadCard(), ModelFeatures.Build(table, specification.Features));
        var scores = MemberScores.Of(networks.Predictors, specification, card, features);
        var explanations = request.Explain ? ScoreExplanations.Of(networks, specification, card.Data.Actions.Count, features) : null;
        return TypedResults.Ok(ScoresView.Of(model, version, specification, members, table, scores, explanations));
    }

    private static Guid[] Parse(Request request, out RequestCheck check)
    {
        check = new RequestCheck().Require(
            request.Members.Count is >= 1 and <= MostMembers, "/members", "outOfRange", $"/members must hold between 1 and {MostMembers} members.", new { minimum = 1, maximum = MostMembers });
        check.Require(
            !request.Explain || request.Members.Count <= ScoreExplanations.MostMembers, "/explain", "outOfRange", $"/explain takes at most {ScoreExplanations.MostMembers} members.", new { maximum = ScoreExplanations.MostMembers });
        var ids = new Guid[Math.Min(request.Members.Count, MostMembers)];
        var seen = new HashSet<Guid>();
        for (var index = 0; index < ids.Length; index++)
        {
            var pointer = $"/members/{index}";
            var named = Members.TryParse(request.Members[index], out ids[index]);
            check.Require(named, pointer, "malformed", $"{pointer} is neither members/mem_… nor mem_….")
                .Require(!named || seen.Add(ids[index]), pointer, "duplicate", $"{pointer} appears twice.");
        }

        return ids;
    }

    private static RequestCheck CheckPresence(Guid[] members, MemberTable table, IReadOnlySet<Guid> erased)
    {
        var check = new RequestCheck();
        for (var index = 0; index < members.Length; index++)
        {
            var pointer = $"/members/{index}";
            check.Require(Array.BinarySearch(table.MemberIds, members[index]) >= 0, pointer, "notFound", $"{pointer} does not exist.")
                .Require(!erased.Contains(members[index]), pointer, "erased", $"{pointer} asked to be erased and is not profiled any more.");
        }

        return check;
    }

    private static Task<ModelVersion?> VersionAsync(NoahDbContext db, Model model, int? number, CancellationToken cancellationToken) =>
        db.Set<ModelVersion>().AsNoTracking().SingleOrDefaultAsync(
            version => version.ModelId == model.Id && (number == null ? version.Id == model.ActiveVersionId : version.Number == number), cancellationToken);
}
