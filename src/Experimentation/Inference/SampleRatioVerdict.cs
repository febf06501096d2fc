namespace Noah.Experimentation.Inference;

/// <summary>Whether units arrived in the arms as planned.</summary>
public enum SampleRatioVerdict
{
    /// <summary>The counts agree with the planned weights.</summary>
    Consistent,

    /// <summary>The counts contradict the weights: assignment or logging is broken and the results are not to be read.</summary>
    Mismatch,

    /// <summary>An arm expects fewer than five units, so that the test says nothing.</summary>
    NotTestable,
}
