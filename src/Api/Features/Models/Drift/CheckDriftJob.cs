using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Platform.Persistence;
using Npgsql;
using Quartz;

namespace Noah.Api.Features.Models.Drift;

/// <summary>Queues a drift check for each model in use whose last one is a day old. A firing that is lost is made up for by the next.</summary>
[DisallowConcurrentExecution]
internal sealed class CheckDriftJob(NpgsqlDataSource database, TenantScopes scopes, TimeProvider clock) : IJob
{
    public static readonly JobKey Key = new("check-drift", "models");
    private static readonly TimeSpan Every = TimeSpan.FromDays(1);
    private const int BatchSize = 100;

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        foreach (var (tenantId, modelId) in await DueAsync(cancellationToken))
        {
            await using var scope = scopes.Open(tenantId);
            await scope.ServiceProvider.GetRequiredService<IOperations>()
                .StartAsync(RunDriftCheck.OperationKind, RunDriftCheck.TargetOf(modelId), new { }, cancellationToken);
        }
    }

    private async Task<List<(Guid TenantId, Guid ModelId)>> DueAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT tenant_id, id FROM noah_models_due_for_drift($1, $2, $3)");
        command.Parameters.AddWithValue(clock.GetUtcNow());
        command.Parameters.AddWithValue(Every);
        command.Parameters.AddWithValue(BatchSize);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var due = new List<(Guid, Guid)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            due.Add((reader.GetGuid(0), reader.GetGuid(1)));
        }

        return due;
    }
}
