using Noah.Prediction.Artifacts;
using Noah.Prediction.Calibration;
using Noah.Prediction.Training;

namespace Noah.Prediction.Response;

/// <summary>A <see cref="ResponseModel"/> as a file.</summary>
internal static class ResponseFile
{
    private const string Kind = "response";

    public static void Write(Stream stream, ResponseModel model, WeightPrecision precision)
    {
        if (!Enum.IsDefined(precision))
        {
            throw new ArgumentOutOfRangeException(nameof(precision), precision, "The precision must be one of its names.");
        }
        var header = new Header(model.Encoder.ToJson(), model.Options, model.Training, model.Outcomes, model.Calibrations);
        ArtifactContainer.Write(stream, Kind, header, NetworkTensors.Of(model.Network, precision));
    }

    public static ResponseModel Read(Stream stream)
    {
        var (header, tensors) = ArtifactContainer.Read<Header>(stream, Kind);
        var network = NetworkTensors.Read(header.Encoder, tensors, header.Outcomes.Count, header.Options);
        return new ResponseModel(network, header.Calibrations, header.Outcomes, header.Options, header.Training);
    }

    private sealed record Header(
        string Encoder, ResponseOptions Options, TrainingReport Training, IReadOnlyList<OutcomeSummary> Outcomes,
        MonotoneCalibration[] Calibrations);
}
