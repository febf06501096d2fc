namespace Noah.Experimentation.Assignment;

/// <summary>Which arm a unit is in, after the holdout and the layer have had their say.</summary>
public static class LayeredAssignment
{
    /// <summary>Assigns a unit.</summary>
    /// <param name="unit">Key of the unit; see <see cref="UnitKey"/>.</param>
    /// <param name="layer">Layer of the experiment.</param>
    /// <param name="experiment">Name of the experiment, which salts its arms.</param>
    /// <param name="weights">One finite weight of at least 0 per arm, not all 0.</param>
    /// <param name="holdout">Holdout that goes before all experiments; null for none.</param>
    /// <exception cref="ArgumentException">The name or a weight is not allowed.</exception>
    public static UnitAssignment Of(Guid unit, ExperimentLayer layer, string experiment, ReadOnlySpan<double> weights, Holdout? holdout = null)
    {
        ArgumentNullException.ThrowIfNull(layer);
        var arm = SaltedHash.Bucket(unit, experiment, weights);
        return holdout?.Contains(unit) == true ? new UnitAssignment(AssignmentPlace.Holdout, null)
            : string.Equals(layer.ExperimentOf(unit), experiment, StringComparison.Ordinal) ? new UnitAssignment(AssignmentPlace.Experiment, arm)
            : new UnitAssignment(AssignmentPlace.Outside, null);
    }
}
