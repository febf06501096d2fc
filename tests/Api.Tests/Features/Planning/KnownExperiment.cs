using Noah.Api.Features.Experiments.Contracts;
using Noah.Api.Features.Members.Contracts;
using Noah.Experimentation.Assignment;

namespace Noah.Api.Tests.Features.Planning;

/// <summary>Every member, randomised over none, mens and womens, who spent exactly what <see cref="KnownModel"/> says.</summary>
internal sealed class KnownExperiment(IMemberTables tables) : IExperimentData
{
    public static readonly Guid Id = new("01900000-0000-7000-8000-000000000001");

    public static bool Trains(Guid member) => SaltedHash.Uniform(member, "training half") < 0.5;

    public async Task<ExperimentData?> ReadAsync(Guid experimentId, CancellationToken cancellationToken)
    {
        if (experimentId != Id)
        {
            return null;
        }

        var members = await tables.ReadAsync(null, cancellationToken);
        var taste = members.Columns.Single(column => column.Name == "taste").Numbers!;
        int[] arms = [.. members.MemberIds.Select(member => SaltedHash.Bucket(member, "arms", [1, 1, 1]))];
        double[] Outcome(Func<int, double> of) => [.. Enumerable.Range(0, members.Count).Select(of)];
        return new ExperimentData(
            Id,
            "Past campaign",
            ["none", "mens", "womens"],
            members.MemberIds,
            arms,
            [.. members.MemberIds.Select(_ => DateTimeOffset.UnixEpoch)],
            Outcome(_ => 1.0 / 3),
            [
                new MetricData("visit", "binary", "visit", Outcome(i => SaltedHash.Uniform(members.MemberIds[i], "visits") < 0.1 + (0.05 * arms[i]) ? 1 : 0)),
                new MetricData("spend", "zeroInflated", "purchase", Outcome(i => 1 + (arms[i] == 1 ? 4 * taste[i] : arms[i] == 2 ? 4 * (1 - taste[i]) : 0))),
            ]);
    }
}
