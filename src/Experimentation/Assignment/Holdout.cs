using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Assignment;

/// <summary>
/// A slice of all units that gets nothing of a programme, independent of every layer and experiment as it has a salt of its own. Growing
/// the share adds units and takes none out; a new season is a new salt.
/// </summary>
public sealed class Holdout
{
    /// <summary>Builds the holdout.</summary>
    /// <param name="salt">Name, other than that of any layer or experiment; not empty, without the character U+0000.</param>
    /// <param name="share">Share of the units held out, in (0, 1).</param>
    /// <exception cref="ArgumentException">The salt is not allowed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The share is outside (0, 1).</exception>
    public Holdout(string salt, double share)
    {
        Require.OpenUnit(share);
        _ = SaltedHash.Uniform(Guid.Empty, salt);
        (Salt, Share) = (salt, share);
    }

    /// <summary>Name that salts the hash.</summary>
    public string Salt { get; }

    /// <summary>Share of the units held out.</summary>
    public double Share { get; }

    /// <summary>Whether the unit is held out.</summary>
    /// <param name="unit">Key of the unit; the account's where accounts are randomised.</param>
    public bool Contains(Guid unit) => SaltedHash.Uniform(unit, Salt) < Share;
}
