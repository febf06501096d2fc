namespace Noah.Prediction.Serving;

/// <summary>How a trained model scores. It changes no weight and is not kept in the model's file.</summary>
public sealed record ScoringOptions
{
    /// <summary>In what numbers layers are multiplied; read by <see cref="ScoringBackend.Compiled"/> only. Default Full.</summary>
    public ScoringPrecision Precision { get; init; } = ScoringPrecision.Full;

    /// <summary>What runs the networks. Default Compiled.</summary>
    public ScoringBackend Backend { get; init; } = ScoringBackend.Compiled;

    /// <summary>
    /// Threads that share the rows of one call; the scores are the same for any number. Default 1: a host has other calls to serve. 1 to 1,024.
    /// </summary>
    public int Threads { get; init; } = 1;

    internal void Validate()
    {
        if (!Enum.IsDefined(Precision))
        {
            throw new ArgumentOutOfRangeException(nameof(Precision), Precision, "The precision must be Full or Reduced.");
        }
        if (!Enum.IsDefined(Backend))
        {
            throw new ArgumentOutOfRangeException(nameof(Backend), Backend, "The backend must be Compiled or Torch.");
        }
        if (Threads is < 1 or > 1024)
        {
            throw new ArgumentOutOfRangeException(nameof(Threads), Threads, "The number of threads must be in [1, 1024].");
        }
    }
}
