namespace Noah.Prediction.Retrieval;

/// <summary>Keeps the k best of the rows offered; the lower row wins a tie, so the result does not depend on the order of offers.</summary>
internal sealed class TopRows(int capacity)
{
    // A heap whose root is the worst kept: the priority orders by score, then by falling row.
    private readonly PriorityQueue<Neighbor, (float Score, int FallingRow)> _kept = new();

    public void Offer(Neighbor candidate)
    {
        var priority = (candidate.Score, -candidate.Row);
        if (_kept.Count < capacity)
        {
            _kept.Enqueue(candidate, priority);
        }
        else if (capacity > 0)
        {
            _kept.EnqueueDequeue(candidate, priority);
        }
    }

    /// <summary>Best first.</summary>
    public Neighbor[] Drain()
    {
        var result = new Neighbor[_kept.Count];
        for (int i = result.Length - 1; i >= 0; i--)
        {
            result[i] = _kept.Dequeue();
        }
        return result;
    }
}
