namespace Noah.Api.Features.Models.Scoring;

/// <summary>
/// Networks in memory by the id of their version. Versions never change, so what is loaded stays right for as long as it is kept; the least
/// recently used go first. Whoever asks has read the version's row before, which row-level security shows to its own tenant alone.
/// </summary>
/// <param name="most">Versions kept at most.</param>
internal sealed class LoadedModels(int most = LoadedModels.Most)
{
    /// <summary>At some megabytes each: a few hundred in all.</summary>
    public const int Most = 32;

    private readonly Lock _lock = new();
    private readonly LinkedList<(Guid Version, Lazy<Task<LoadedVersion>> Loading)> _byUse = [];
    private readonly Dictionary<Guid, LinkedListNode<(Guid Version, Lazy<Task<LoadedVersion>> Loading)>> _nodes = [];

    /// <summary>The networks of a version. Requests that come while they are loaded wait for the same load; one that fails is tried again by the next.</summary>
    public async Task<LoadedVersion> GetAsync(Guid version, Func<Task<LoadedVersion>> load)
    {
        var loading = Find(version, load);
        try
        {
            return await loading.Value;
        }
        catch
        {
            Forget(version, loading);
            throw;
        }
    }

    private Lazy<Task<LoadedVersion>> Find(Guid version, Func<Task<LoadedVersion>> load)
    {
        lock (_lock)
        {
            if (_nodes.TryGetValue(version, out var node))
            {
                _byUse.Remove(node);
                _byUse.AddFirst(node);
                return node.Value.Loading;
            }

            var loading = new Lazy<Task<LoadedVersion>>(load);
            _nodes[version] = _byUse.AddFirst((version, loading));
            if (_byUse.Count > most)
            {
                _nodes.Remove(_byUse.Last!.Value.Version);
                _byUse.RemoveLast();
            }

            return loading;
        }
    }

    private void Forget(Guid version, Lazy<Task<LoadedVersion>> loading)
    {
        lock (_lock)
        {
            if (_nodes.TryGetValue(version, out var node) && node.Value.Loading == loading)
            {
                _nodes.Remove(version);
                _byUse.Remove(node);
            }
        }
    }
}
