namespace Noah.Experimentation.Assignment;

/// <summary>Where a unit is.</summary>
public enum AssignmentPlace
{
    /// <summary>In an arm of the experiment.</summary>
    Experiment,

    /// <summary>Not in the experiment's slice: treated as if there were none.</summary>
    Outside,

    /// <summary>In the holdout: gets nothing of the programme.</summary>
    Holdout,
}
