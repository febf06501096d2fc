using Noah.Api.Features.Members.Contracts;
using Noah.Api.Features.Models.Contracts;

namespace Noah.Api.Tests.Features.Planning;

/// <summary>
/// Increments that follow from a member's attribute <c>taste</c> t in [0, 1): "mens" adds 4t, "womens" 4(1 − t), and of "novel" nobody knows
/// anything. Every other member was in the training half.
/// </summary>
internal sealed class KnownModel : IModelScores
{
    public static readonly string[] Actions = ["none", "mens", "womens", "novel"];
    /// <summary>As this model it predicts clicks, too: four in a hundred on "womens".</summary>
    public static readonly Guid OfClicks = new("01900000-0000-7000-8000-000000000002");

    public static readonly TimeSpan Horizon = TimeSpan.FromDays(14);

    public Task<ModelScores> ScoreAsync(Guid modelId, MemberTable members, CancellationToken cancellationToken, int? version = null)
    {
        var taste = members.Columns.Single(column => column.Name == "taste").Numbers!;
        double[] Increments(Func<double, double> of) => [.. taste.Select(t => of(t))];
        var (mens, womens, nothing) = (Increments(t => 4 * t), Increments(t => 4 * (1 - t)), new double[members.Count]);
        float[] Rate(double rate) => [.. Enumerable.Repeat((float)rate, members.Count)];
        double[][] spend = [[.. nothing.Select(_ => 1.0)], [.. mens.Select(i => 1 + i)], [.. womens.Select(i => 1 + i)], [.. nothing.Select(_ => 1.0)]];
        var responses = new Dictionary<string, float[][]> { ["visit"] = [Rate(0.10), Rate(0.18), Rate(0.15), Rate(0.10)] };
        if (modelId == OfClicks)
        {
            responses["click"] = [Rate(0), Rate(0.02), Rate(0.04), Rate(0)];
        }

        return Task.FromResult(new ModelScores(
            modelId,
            1,
            KnownExperiment.Id,
            Actions,
            responses,
            spend,
            Horizon,
            [
                new ActionIncrement("none", "none", 0, 0, 0, []),
                new ActionIncrement("mens", "individual", 2, 1, 3, mens),
                new ActionIncrement("womens", "average", 2, 1.5, 2.5, womens),
                new ActionIncrement("novel", "none", 0.1, -0.4, 0.6, nothing),
            ],
            [.. members.MemberIds.Select(KnownExperiment.Trains)]));
    }

    public Task<MemberEmbedding> EmbedAsync(Guid modelId, MemberTable members, CancellationToken cancellationToken)
    {
        var taste = members.Columns.Single(column => column.Name == "taste").Numbers!;
        return Task.FromResult(new MemberEmbedding([.. taste.SelectMany(t => new[] { MathF.Cos(t), MathF.Sin(t) })], 2));
    }
}
