namespace Noah.Api.Features.Operations;

/// <summary>Lets the worker loop sleep until there is something to claim.</summary>
internal sealed class OperationSignal : IDisposable
{
    private readonly SemaphoreSlim _semaphore = new(0);

    public void Set() => _semaphore.Release();

    public Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => _semaphore.WaitAsync(atMost, cancellationToken);

    public void Dispose() => _semaphore.Dispose();
}
