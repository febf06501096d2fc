using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Assignment;

/// <summary>
/// A space of buckets in which experiments that must not meet reserve slices without overlap (layers as of Tang, Agarwal, O'Brien and Meyer 2010).
/// Every unit lies in one bucket of each layer; layers are independent of one another by their salts. The layer is immutable: starting and stopping
/// experiments gives a new one in which no other experiment's buckets have moved.
/// </summary>
public sealed class ExperimentLayer
{
    /// <summary>Buckets of a layer: a slice is a multiple of 0.1 %.</summary>
    public const int BucketCount = 1000;

    private readonly string?[] _owners;

    private ExperimentLayer(string salt, string?[] owners) => (Salt, _owners) = (salt, owners);

    /// <summary>Name that salts the hash.</summary>
    public string Salt { get; }

    /// <summary>Number of buckets that no experiment holds.</summary>
    public int FreeBuckets => _owners.Count(owner => owner is null);

    /// <summary>An empty layer.</summary>
    /// <param name="salt">Name, other than that of any other layer, experiment or holdout; not empty, without the character U+0000.</param>
    /// <exception cref="ArgumentException">The salt is not allowed.</exception>
    public static ExperimentLayer Empty(string salt)
    {
        _ = SaltedHash.Uniform(Guid.Empty, salt);
        return new ExperimentLayer(salt, new string?[BucketCount]);
    }

    /// <summary>A layer as it was stored.</summary>
    /// <param name="salt">Its name.</param>
    /// <param name="slices">Buckets per experiment, as <see cref="Buckets"/> gave them.</param>
    /// <exception cref="ArgumentException">A bucket is outside [0, 1000) or held twice; the message names it.</exception>
    public static ExperimentLayer Restore(string salt, IEnumerable<KeyValuePair<string, IReadOnlyList<int>>> slices)
    {
        ArgumentNullException.ThrowIfNull(slices);
        var owners = Empty(salt)._owners;
        foreach (var (experiment, buckets) in slices)
        {
            foreach (var bucket in buckets)
            {
                if ((uint)bucket >= BucketCount || owners[bucket] is not null)
                {
                    throw new ArgumentException(
                        $"Bucket {bucket} of '{experiment}' is outside [0, {BucketCount}) or held already.",
                        nameof(slices));
                }

                owners[bucket] = experiment;
            }
        }

        return new ExperimentLayer(salt, owners);
    }

    /// <summary>
    /// Reserves a slice. Buckets are taken from the free ones in an order that the experiment's own name salts, so that what
    /// earlier experiments left behind is spread over the slice and not its whole content.
    /// </summary>
    /// <param name="experiment">Name of the experiment, which salts its arms too; not empty, not the layer's, and not holding a slice yet.</param>
    /// <param name="buckets">Number of buckets, in [1, 1000].</param>
    /// <param name="reserved">The layer with the slice; this layer where there is no room.</param>
    /// <returns>Whether so many buckets were free.</returns>
    /// <exception cref="ArgumentException">The name is not allowed or holds a slice already.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number is outside [1, 1000].</exception>
    public bool TryReserve(string experiment, int buckets, out ExperimentLayer reserved)
    {
        ArgumentException.ThrowIfNullOrEmpty(experiment);
        Require.AtLeast(buckets, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(buckets, BucketCount);
        if (string.Equals(experiment, Salt, StringComparison.Ordinal))
        {
            throw new ArgumentException("Must differ from the layer's name: arms would follow the buckets.", nameof(experiment));
        }

        if (Holds(experiment))
        {
            throw new ArgumentException($"'{experiment}' holds a slice already; release it, or extend it.", nameof(experiment));
        }

        reserved = Take(experiment, buckets) ?? this;
        return reserved != this;
    }

    /// <summary>Adds buckets to a running experiment's slice; its units stay in their arms.</summary>
    /// <param name="experiment">Name of an experiment that holds a slice.</param>
    /// <param name="buckets">Number of buckets to add, in [1, 1000].</param>
    /// <param name="extended">The layer with the larger slice; this layer where there is no room.</param>
    /// <returns>Whether so many buckets were free.</returns>
    /// <exception cref="ArgumentException">The experiment holds no slice.</exception>
    public bool TryExtend(string experiment, int buckets, out ExperimentLayer extended)
    {
        Require.AtLeast(buckets, 1);
        if (!Holds(experiment))
        {
            throw new ArgumentException($"'{experiment}' holds no slice.", nameof(experiment));
        }

        extended = Take(experiment, buckets) ?? this;
        return extended != this;
    }

    /// <summary>Frees an experiment's slice.</summary>
    /// <param name="experiment">Name of the experiment; one without a slice changes nothing.</param>
    public ExperimentLayer Release(string experiment) =>
        new(Salt, Array.ConvertAll(_owners, owner => string.Equals(owner, experiment, StringComparison.Ordinal) ? null : owner));

    /// <summary>The buckets of an experiment in rising order; empty without a slice.</summary>
    /// <param name="experiment">Name of the experiment.</param>
    public IReadOnlyList<int> Buckets(string experiment) =>
        [.. Enumerable.Range(0, BucketCount).Where(bucket => string.Equals(_owners[bucket], experiment, StringComparison.Ordinal))];

    /// <summary>The bucket of a unit, in [0, 1000).</summary>
    /// <param name="unit">Key of the unit; the account's where accounts are randomised.</param>
    public int BucketOf(Guid unit) => (int)(SaltedHash.Uniform(unit, Salt) * BucketCount);

    /// <summary>The experiment that a unit is in; null for none.</summary>
    /// <param name="unit">Key of the unit; the account's where accounts are randomised.</param>
    public string? ExperimentOf(Guid unit) => _owners[BucketOf(unit)];

    private bool Holds(string experiment) => Array.Exists(_owners, owner => string.Equals(owner, experiment, StringComparison.Ordinal));

    private ExperimentLayer? Take(string experiment, int buckets)
    {
        int[] free = [.. Enumerable.Range(0, BucketCount).Where(bucket => _owners[bucket] is null)];
        if (free.Length < buckets)
        {
            return null;
        }

        var owners = (string?[])_owners.Clone();
        var salt = $"{Salt}/{experiment}";
        foreach (var bucket in free.OrderBy(bucket => SaltedHash.Uniform([(byte)(bucket >> 8), (byte)bucket], salt)).Take(buckets))
        {
            owners[bucket] = experiment;
        }

        return new ExperimentLayer(Salt, owners);
    }
}
