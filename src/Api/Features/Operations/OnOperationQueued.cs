using MassTransit;
using Noah.Api.Features.Operations.Contracts;

namespace Noah.Api.Features.Operations;

/// <summary>Wakes the worker loop of this process.</summary>
internal sealed class OnOperationQueued(OperationSignal signal) : IConsumer<OperationQueued>
{
    public Task Consume(ConsumeContext<OperationQueued> context)
    {
        signal.Set();
        return Task.CompletedTask;
    }
}
