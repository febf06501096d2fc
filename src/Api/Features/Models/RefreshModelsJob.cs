using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Platform.Persistence;
using Npgsql;
using Quartz;

namespace Noah.Api.Features.Models;

/// <summary>Queues a refresh for each model that asks for it and was neither trained nor tried within its interval.</summary>
[DisallowConcurrentExecution]
internal sealed class RefreshModelsJob(NpgsqlDataSource database, TenantScopes scopes, TimeProvider clock) : IJob
{
    public static readonly JobKey Key = new("refresh-models", "models");
    private const int BatchSize = 100;

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        foreach (var (tenantId, modelId) in await DueAsync(cancellationToken))
        {
            await using var scope = scopes.Open(tenantId);
            await scope.ServiceProvider.GetRequiredService<IOperations>().StartAsync(
                RunRefresh.OperationKind, $"models/{PublicId.Format(Model.Prefix, modelId)}", new RunRefresh.Asked(Scheduled: true), cancellationToken);
        }
    }

    private async Task<List<(Guid TenantId, Guid ModelId)>> DueAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT tenant_id, id FROM noah_models_due_for_refresh($1, $2)");
        command.Parameters.AddWithValue(clock.GetUtcNow());
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
