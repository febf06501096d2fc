namespace Noah.Prediction.Training;

/// <summary>
/// Where a training leaves its state after every epoch, and finds it again. A training that goes on from there ends with the bytes of one
/// that was never interrupted.
/// </summary>
/// <param name="openToRead">
/// Asked once, before training: the last state that was written, or null to start anew. The stream is read to its end and closed.
/// </param>
/// <param name="openToWrite">
/// Asked after every epoch: where the state goes, whole, in one write; then the stream is closed. Host's part: let it replace the one
/// before only when it is closed.
/// </param>
public sealed class TrainingCheckpoints(Func<Stream?> openToRead, Func<Stream> openToWrite)
{
    private readonly Func<Stream?> _openToRead = openToRead ?? throw new ArgumentNullException(nameof(openToRead));
    private readonly Func<Stream> _openToWrite = openToWrite ?? throw new ArgumentNullException(nameof(openToWrite));

    internal Stream? OpenToRead() => _openToRead();

    internal Stream OpenToWrite() => _openToWrite();
}
