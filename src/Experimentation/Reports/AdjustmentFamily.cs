namespace Noah.Experimentation.Reports;

/// <summary>Over which headline tests Holm's correction runs. Only contrasts with the control belong to a family.</summary>
public enum AdjustmentFamily
{
    /// <summary>All treatments and all metrics of the report.</summary>
    Report,

    /// <summary>All treatments of one metric: for metrics that were each declared as a question of its own.</summary>
    Metric,
}
