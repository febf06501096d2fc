namespace Noah.Optimization.Duals;

/// <summary>For each action the few units that are nearest to taking it up or giving it up. Ties go to the unit offered first.</summary>
/// <param name="actions">Number of actions.</param>
/// <param name="units">Units to keep of each.</param>
internal sealed class NearestByAction(int actions, int units)
{
    private readonly (float Margin, int Unit)[] _nearest = new (float, int)[actions * units];
    private readonly int[] _count = new int[actions];

    /// <summary>Keeps the unit if it is among the nearest of the action so far.</summary>
    public void Offer(int action, int unit, float margin)
    {
        var (first, count) = (action * units, _count[action]);
        if (count == units && !(margin < _nearest[first + count - 1].Margin))
        {
            return;
        }

        var at = count == units ? count - 1 : _count[action]++;
        for (; at > 0 && _nearest[first + at - 1].Margin > margin; at--)
        {
            _nearest[first + at] = _nearest[first + at - 1];
        }

        _nearest[first + at] = (margin, unit);
    }

    /// <summary>Offers what another one kept.</summary>
    public void Merge(NearestByAction other)
    {
        for (var action = 0; action < actions; action++)
        {
            foreach (var (margin, unit) in other.Of(action))
            {
                Offer(action, unit, margin);
            }
        }
    }

    /// <summary>The units kept of any action, with their margins.</summary>
    public IEnumerable<(float Margin, int Unit)> All() => Enumerable.Range(0, actions).SelectMany(action => Of(action).ToArray());

    private ReadOnlySpan<(float Margin, int Unit)> Of(int action) => _nearest.AsSpan(action * units, _count[action]);
}
