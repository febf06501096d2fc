using System.Text.Json;
using Noah.Api.Features.LifetimeValues.Trainer;
using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Features.Tenancy.Contracts;
using Noah.Api.Features.Training.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Persistence;
using Noah.Api.Platform.Security;
using Noah.Experimentation.Assignment;
using Noah.Prediction.Labels;
using Noah.Prediction.Lifetime;

namespace Noah.Api.Features.LifetimeValues;

/// <summary>
/// Looks at every customer on a day of its own, learns what followed by both ways, keeps the one that does better on customers it has not
/// seen, sets it beside the version in use, and values all customers as of now by it unless it is shown to be worse.
/// </summary>
internal sealed class RunLifetimeTraining(
    NoahDbContext db,
    CustomerLogReader reader,
    ActiveVersionJudge judge,
    LifetimeScoring scoring,
    ITenantSettings settings,
    ITrainer trainer,
    IAuditLog audit,
    TimeProvider clock)
    : IOperationHandler
{
    public const string OperationKind = "lifetimeValues.train";

    public string Kind => OperationKind;

    public string Scope => Scopes.ModelsWrite;

    public async Task<OperationOutcome> RunAsync(OperationRun run, CancellationToken cancellationToken)
    {
        var value = await ReadLifetimeValues.FindAsync(db, run.TargetId, cancellationToken)
            ?? throw new ProblemException(ProblemType.NotFound, $"{run.Target} does not exist.");
        var specification = value.ReadSpecification();
        var tenant = await settings.GetAsync(cancellationToken);
        await run.ReportAsync("reading", 0, null, "events", cancellationToken);
        var reference = LifetimeScoring.MidnightBefore(clock.GetUtcNow());
        var log = await reader.ReadAsync(specification, reference, LongestReach(specification), null, cancellationToken);
        var windows = LifetimeWindows.For(specification, reference, log.HistoryDays);
        var terms = new LifetimeTerms(windows.KnownDays, windows.LaterDays, specification.AnnualDiscountRate, specification.Seed, trainer.Threads);
        var options = terms.ToOptions();
        var momentOf = MomentOf(log, windows);
        var moments = CustomerMoments.Build(log, momentOf, specification.Features, specification.ValueEvents);
        var labels = LifetimeLabels.Read(log, moments, windows, options);
        (moments, var leakage, var leftOut) = CheckLeakage(log, moments, labels, windows, specification);
        var salt = $"{tenant.Salt}/lifetime/{specification.Seed}";
        var sides = Enumerable.Range(0, moments.MemberRows.Length)
            .ToLookup(i => SaltedHash.Uniform(log.Members.MemberIds[moments.MemberRows[i]], salt) < specification.TrainingShare);
        int[] training = [.. sides[true]], judged = [.. sides[false]];
        if (Math.Min(training.Length, judged.Length) < LifetimeModel.MinCustomers)
        {
            throw new ProblemException(ProblemType.NotReady, Why(LifetimeStatus.TooFewCustomers, training.Length, judged.Length, windows));
        }

        var job = new LifetimeJob(terms, RowsOf(moments, labels, training), RowsOf(moments, labels, judged));
        var fit = await trainer.RunAsync(
            new TrainerTask<LifetimeFit>(LifetimeLearning.Kind, (folder, stop) => Task.Run(() => job.Write(folder), stop), folder => LifetimeResult.Read(folder, terms)),
            run, cancellationToken);
        if (fit.Model is not { } model)
        {
            throw new ProblemException(ProblemType.NotReady, Why(fit.Status, training.Length, judged.Length, windows));
        }

        var card = LifetimeCardWriter.Write(new LifetimeCardInputs(
            fit, log, moments, windows, tenant.Currency, training.Length, labels.Select(judged).Amounts[^1], labels.Negative, leakage, leftOut));
        var active = await ReadLifetimeValues.VersionAsync(db, value, cancellationToken);
        await run.ReportAsync("comparing", 0, judged.Length, "customers", cancellationToken);
        var comparison = active is null
            ? null
            : await judge.CompareAsync(
                value, active, model, options, log, momentOf, LongestReach(specification), moments, labels, judged, cancellationToken);
        var version = new LifetimeValueVersion
        {
            LifetimeValueId = value.Id,
            Number = ++value.LatestVersion,
            Card = JsonSerializer.SerializeToDocument(card, OperationJson.Options),
            Comparison = comparison is null ? null : JsonSerializer.SerializeToDocument(comparison, OperationJson.Options),
            Parameters = JsonSerializer.SerializeToDocument(ParametersOf(model, windows, log, moments), OperationJson.Options),
            Network = Save(model),
            TrainedAt = clock.GetUtcNow(),
        };
        db.Add(version);
        audit.Add("lifetimeValues.train", value.ResourceName, new { version = version.Number, card.Method });
        if (LifetimeComparison.TakesOver(comparison))
        {
            await scoring.ScoreAsync(run, value, model, log, moments.Attributes, options, new LifetimeActivation(version), cancellationToken);
        }
        else
        {
            await db.SaveChangesAsync(cancellationToken);
        }

        return new OperationOutcome(
            value.ResourceName,
            new { version = version.Number, state = version.State.ToString().ToUpperInvariant(), card.Method, comparison = comparison?.Summary, card.Summary });
    }

    private static LifetimeRows RowsOf(CustomerMoments moments, LifetimeLabels labels, int[] customers) =>
        new(moments.Select(customers).Table, labels.Select(customers).Amounts);

    // The earliest snapshot is the longest horizon and the jitter before the reference, and looks back from there.
    private static int LongestReach(LifetimeValueSpecification specification) => specification.HorizonDays[^1] + 90 + CustomerMoments.FeatureDays + 1;

    private static Func<int, DateTimeOffset> MomentOf(CustomerLog log, LifetimeWindows windows) =>
        row => windows.Design.SnapshotOf(log.Members.MemberIds[row].ToByteArray(bigEndian: true));

    private static (CustomerMoments Moments, LeakageReport Report, IReadOnlyList<string> LeftOut) CheckLeakage(
        CustomerLog log, CustomerMoments moments, LifetimeLabels labels, LifetimeWindows windows, LifetimeValueSpecification specification)
    {
        var report = LeakageCheck.OfTimes(moments.Sources, moments.Moments);
        if (report.Status == LeakageStatus.Leaks)
        {
            throw new InvalidOperationException($"The feature '{report.Offenders[0]}' was computed from what came after its snapshot.");
        }

        if (moments.AttributeTable() is not { } attributes)
        {
            return (moments, report, []);
        }

        // Attributes have no history: today's value may know what the customer has done since.
        var behaviour = LeakageCheck.OfOutcomes(attributes, [.. labels.Amounts[^1].Select(amount => amount > 0 ? 1f : 0f)]);
        string[] leftOut = [.. behaviour.Offenders.Select(CustomerMoments.AttributeName).Distinct()];
        return leftOut.Length == 0
            ? (moments, report.And(behaviour), [])
            : (CustomerMoments.Build(log, MomentOf(log, windows), [.. specification.Features.Except(leftOut)], specification.ValueEvents), report.And(behaviour), leftOut);
    }

    private static LifetimeParameters ParametersOf(LifetimeModel model, LifetimeWindows windows, CustomerLog log, CustomerMoments moments) => new(
        LifetimeCardWriter.Name(model.Method),
        windows.KnownDays,
        windows.LaterDays,
        log.Kinds,
        moments.Attributes,
        model.Purchases is { } purchases ? [purchases.R, purchases.Alpha, purchases.A, purchases.B] : null,
        model.Spend is { } spend ? [spend.P, spend.Q, spend.V] : null);

    private static byte[]? Save(LifetimeModel model)
    {
        if (model.Network is not { } network)
        {
            return null;
        }

        using var content = new MemoryStream();
        network.Save(content);
        return content.ToArray();
    }

    private static string Why(LifetimeStatus status, int training, int judged, LifetimeWindows windows) => status == LifetimeStatus.NoValue
        ? $"None of the {training} customers brought anything within {windows.KnownDays[^1]} days of their snapshot: there is nothing to learn."
        : $"There are {training} customers to learn from and {judged} to judge by who had bought before their snapshot; {LifetimeModel.MinCustomers} are needed of each.";
}
