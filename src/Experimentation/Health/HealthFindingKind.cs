namespace Noah.Experimentation.Health;

/// <summary>What can be wrong with an experiment.</summary>
public enum HealthFindingKind
{
    /// <summary>Arm sizes contradict the planned weights.</summary>
    SampleRatioMismatch,

    /// <summary>Units were seen in more than one arm.</summary>
    MultipleExposure,

    /// <summary>Arms differed before the experiment could have changed anything.</summary>
    PrePeriodBias,

    /// <summary>Days have exposures but no outcomes, or the log has a gap.</summary>
    MissingLogs,

    /// <summary>Many outcomes are not known yet, or arrive later in one arm.</summary>
    LateData,

    /// <summary>One unit carries much of a metric.</summary>
    Concentration,
}
