using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Features.Planning.Plans;
using Noah.Api.Features.Planning.Stages;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Persistence;
using Noah.Api.Platform.Security;

namespace Noah.Api.Features.Planning.Comparing;

/// <summary>Compares solved plans from their frozen stages.</summary>
internal sealed class CompareHandler(NoahDbContext db, PlanningWalk walk) : IOperationHandler
{
    public string Kind => ComparePlanningRuns.Kind;

    public string Scope => Scopes.PlansRead;

    public async Task<OperationOutcome> RunAsync(OperationRun run, CancellationToken cancellationToken)
    {
        var names = run.ReadRequest<ComparePlanningRuns.Request>().PlanningRuns;
        var runs = new List<PlanningRun>();
        DecisionTable? first = null;
        var differences = new List<PlanDifference>();
        foreach (var (index, name) in names.Index())
        {
            await run.ReportAsync("compare", index, names.Length, "plans", cancellationToken);
            var next = await db.FindRunAsync(name[(name.LastIndexOf('/') + 1)..], cancellationToken)
                ?? throw new ProblemException(ProblemType.NotFound, $"{name} does not exist.");
            var stages = await walk.ReadAsync(next.Id, cancellationToken);
            var table = new DecisionTable(stages.Eligibility, stages.Scores, stages.Allocation);
            if (first is null)
            {
                first = table;
            }
            else
            {
                differences.Add(Difference(runs[0], first, next, table));
            }

            runs.Add(next);
        }

        await run.ReportAsync("compare", names.Length, names.Length, "plans", cancellationToken);
        var money = new MoneyText(PlanningRunView.SpecificationOf(runs[0]).Budget.Currency);
        return new OperationOutcome(run.Target, new ComparisonDocument(
            [.. differences.Select((difference, i) => Say(runs[0].Name, runs[i + 1].Name, difference, money))],
            [.. Warnings(runs)],
            [.. runs.Select(Show)],
            differences));
    }

    private static PlanDifference Difference(PlanningRun firstRun, DecisionTable first, PlanningRun otherRun, DecisionTable other)
    {
        var (before, after) = (PlanDocument.Of(firstRun)!.Totals, PlanDocument.Of(otherRun)!.Totals);
        var money = new MoneyText(before.Cost.Currency);
        CrossForecast By(DecisionTable forecast)
        {
            var ((value, unknown), (otherValue, otherUnknown)) = (forecast.ValueOf(first), forecast.ValueOf(other));
            return new CrossForecast(money.Of(value), money.Of(otherValue), money.Of(otherValue - value), unknown + otherUnknown);
        }

        return new PlanDifference(
            PlanningNames.Of(otherRun.Id),
            money.Of(after.IncrementalValue.Expected.Amount - before.IncrementalValue.Expected.Amount),
            after.Sends - before.Sends,
            money.Of(after.Cost.Amount - before.Cost.Amount),
            first.ChangesTo(other),
            By(first),
            By(other));
    }

    private static ComparedPlan Show(PlanningRun run)
    {
        var plan = PlanDocument.Of(run)!;
        return new ComparedPlan(
            PlanningNames.Of(run.Id),
            run.Name,
            PlanningRunView.SpecificationOf(run).Budget,
            plan.Totals,
            plan.Lines,
            [.. plan.Campaigns.Select(c => new ComparedCampaign(c.Campaign, c.DisplayName, c.Line, c.Forecast.Sends, c.Forecast.Cost, c.Forecast.IncrementalValue))],
            [.. plan.Constraints.Select(c => new ComparedRule(c.Rule, c.Use, c.Minimum, c.Maximum, c.Binding, c.Price))],
            plan.Certificate.RelativeGap);
    }

    private static string Say(string first, string other, PlanDifference difference, MoneyText money) =>
        $"'{other}' expects {money.Say(Math.Abs(difference.Value.Amount))} {(difference.Value.Amount < 0 ? "less" : "more")} than '{first}', "
        + $"with {MoneyText.Count(Math.Abs(difference.Sends))} {(difference.Sends < 0 ? "fewer" : "more")} sends for {money.Say(Math.Abs(difference.Cost.Amount))} "
        + $"{(difference.Cost.Amount < 0 ? "less" : "more")}. {MoneyText.Count(difference.Members.Changed)} of {MoneyText.Count(difference.Members.Members)} members change decision: "
        + $"{MoneyText.Count(difference.Members.Added)} get a send, {MoneyText.Count(difference.Members.Dropped)} lose theirs, {MoneyText.Count(difference.Members.Switched)} get another campaign.";

    private static IEnumerable<string> Warnings(List<PlanningRun> runs)
    {
        var first = PlanningRunView.SpecificationOf(runs[0]);
        foreach (var run in runs.Skip(1))
        {
            var other = PlanningRunView.SpecificationOf(run);
            if (other.Model != first.Model)
            {
                yield return $"'{run.Name}' rests on another model than '{runs[0].Name}': their own forecasts do not compare; read both plans by one forecast.";
            }

            if (PlanningTerms.ParseHorizon(other.Horizon) != PlanningTerms.ParseHorizon(first.Horizon))
            {
                yield return $"'{run.Name}' counts effects over {other.Horizon}, '{runs[0].Name}' over {first.Horizon}.";
            }

            if (other.Unit != first.Unit)
            {
                yield return $"'{run.Name}' plans for {other.Unit}s, '{runs[0].Name}' for {first.Unit}s.";
            }
        }
    }
}
