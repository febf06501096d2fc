using System.Runtime.InteropServices;

namespace Noah.Prediction.Features;

/// <summary>
/// How often names came. Exact up to a bound of names; beyond, the half with the fewest are forgotten after Misra and Gries, in the merged form
/// of Agarwal et al. (PODS 2012): the median count is taken off all. A count is then too low by at most <see cref="Shortfall"/>, which is at
/// most 2 / bound of all names given.
/// </summary>
internal sealed class NameCounter(int bound)
{
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>What has been taken off.</summary>
    public int Shortfall { get; private set; }

    /// <summary>Names that are counted: all, or, with a shortfall, the frequent ones.</summary>
    public int Count => _counts.Count;

    /// <summary>Most names that were counted at once.</summary>
    public int MostNames { get; private set; }

    public void Add(string name)
    {
        ref int count = ref CollectionsMarshal.GetValueRefOrAddDefault(_counts, name, out bool known);
        count++;
        if (!known)
        {
            MostNames = Math.Max(MostNames, _counts.Count);
            if (_counts.Count > bound)
            {
                Forget();
            }
        }
    }

    /// <summary>Names by falling count, equal ones in ordinal order.</summary>
    public IEnumerable<KeyValuePair<string, int>> ByCount() =>
        _counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal);

    private void Forget()
    {
        int[] counts = [.. _counts.Values];
        Array.Sort(counts);
        int off = counts[counts.Length / 2];
        Shortfall += off;
        foreach (string name in _counts.Keys)
        {
            ref int count = ref CollectionsMarshal.GetValueRefOrNullRef(_counts, name);
            count -= off;
            if (count <= 0)
            {
                // Removal during enumeration is allowed.
                _counts.Remove(name);
            }
        }
    }
}
