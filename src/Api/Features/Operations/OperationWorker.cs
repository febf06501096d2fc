using System.Diagnostics;
using System.Text.Json;
using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Persistence;
using Npgsql;

namespace Noah.Api.Features.Operations;

/// <summary>
/// Claims queued operations of all tenants, and those whose worker died (lease ran out), and runs their handlers. Two at a time:
/// training and solving use every core they are given.
/// </summary>
internal sealed class OperationWorker(
    NpgsqlDataSource database, TenantScopes scopes, OperationSignal signal, ILogger<OperationWorker> logger) : BackgroundService
{
    private const int Parallelism = 2;
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, Parallelism).Select(_ => Task.Run(() => LoopAsync(stoppingToken), stoppingToken)));

    private async Task LoopAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (!await RunNextAsync(stopping))
                {
                    await signal.WaitAsync(Poll, stopping);
                }
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                logger.LogWarning(exception, "The worker could not claim or end an operation; trying again");
                await Task.Delay(Poll, stopping);
            }
        }
    }

    private async Task<bool> RunNextAsync(CancellationToken stopping)
    {
        Claimed claimed;
        await using (var command = database.CreateCommand("SELECT tenant_id, id, fence, kind, target, request::text, cancelling FROM noah_claim_operation($1)"))
        {
            command.Parameters.AddWithValue(Lease);
            await using var reader = await command.ExecuteReaderAsync(stopping);
            if (!await reader.ReadAsync(stopping))
            {
                return false;
            }

            claimed = new Claimed(
                reader.GetGuid(0), reader.GetGuid(1), reader.GetInt64(2), reader.GetString(3), reader.GetString(4), JsonDocument.Parse(reader.GetString(5)), reader.GetBoolean(6));
        }

        await RunAsync(claimed, stopping);
        return true;
    }

    private async Task RunAsync(Claimed claimed, CancellationToken stopping)
    {
        var journal = new OperationJournal(database, claimed.TenantId, claimed.Id, claimed.Fence);
        if (claimed.Cancelling)
        {
            await journal.EndAsync(OperationState.Cancelled, null, null, null, stopping);
            return;
        }

        await using var scope = scopes.Open(claimed.TenantId);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var renewal = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var renewing = RenewAsync(journal, cancellation, renewal.Token);
        OperationOutcome? succeeded = null;
        try
        {
            var handler = scope.ServiceProvider.GetServices<IOperationHandler>().SingleOrDefault(h => h.Kind == claimed.Kind)
                ?? throw new InvalidOperationException($"No handler for operations of the kind {claimed.Kind}.");
            succeeded = await handler.RunAsync(new Run(claimed, journal), cancellation.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The host stops: the lease runs out and another worker, or this one after its restart, takes over.
        }
        catch (OperationCanceledException)
        {
            await journal.EndAsync(OperationState.Cancelled, null, null, null, stopping);
        }
        catch (ProblemException problem)
        {
            await journal.EndAsync(OperationState.Failed, null, null, Problems.Document(problem.Type, problem.Message, problem.Errors), stopping);
        }
        catch (Exception exception)
        {
            logger.LogError(exception, "Operation {Operation} ({Kind}) failed", claimed.Id, claimed.Kind);
            var problem = Problems.Document(ProblemType.Internal, $"The fault is logged under operation {claimed.Id}.", []);
            await journal.EndAsync(OperationState.Failed, null, null, problem, stopping);
        }
        finally
        {
            await renewal.CancelAsync();
            await renewing;
        }

        // Outside the catches: when the end of work that was done can't be written, the lease decides, not a false FAILED.
        if (succeeded is { } outcome)
        {
            await journal.EndAsync(OperationState.Succeeded, outcome.Response, outcome.Metadata, null, stopping);
        }
    }

    private async Task RenewAsync(OperationJournal journal, CancellationTokenSource work, CancellationToken cancellationToken)
    {
        var renewed = Stopwatch.GetTimestamp();
        try
        {
            while (Stopwatch.GetElapsedTime(renewed) < Lease)
            {
                await Task.Delay(Renewal, cancellationToken);
                if (await TryRenewAsync(journal, cancellationToken) is not { } lease)
                {
                    continue;
                }

                renewed = Stopwatch.GetTimestamp();
                if (!lease.Held || lease.Cancelling)
                {
                    break;
                }
            }

            await work.CancelAsync();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The work has ended, and its lease with it.
        }
    }

    /// <summary>Null when the database could not be asked: the lease outlives some failed renewals.</summary>
    private async Task<(bool Held, bool Cancelling)?> TryRenewAsync(OperationJournal journal, CancellationToken cancellationToken)
    {
        try
        {
            return await journal.RenewAsync(Lease, cancellationToken);
        }
        catch (NpgsqlException exception)
        {
            logger.LogWarning(exception, "A lease could not be renewed; trying again until it runs out");
            return null;
        }
    }

    private sealed record Claimed(Guid TenantId, Guid Id, long Fence, string Kind, string Target, JsonDocument Request, bool Cancelling);

    private sealed class Run(Claimed claimed, OperationJournal journal) : OperationRun
    {
        private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
        private long _lastReport;
        private string? _lastStage;

        public override Guid OperationId => claimed.Id;

        public override string Target => claimed.Target;

        public override JsonDocument Request => claimed.Request;

        public override async Task ReportAsync(string stage, long completed, long? total, string unit, CancellationToken cancellationToken)
        {
            var due = Stopwatch.GetElapsedTime(_lastReport) >= Interval || stage != _lastStage || completed == total;
            if (due && !await journal.ProgressAsync(stage, completed, total, unit, cancellationToken))
            {
                throw new OperationCanceledException("The lease on this operation was lost.");
            }

            (_lastReport, _lastStage) = due ? (Stopwatch.GetTimestamp(), stage) : (_lastReport, _lastStage);
        }

        public override Task LogAsync(string message, CancellationToken cancellationToken) => journal.LogAsync(message, cancellationToken);
    }
}
