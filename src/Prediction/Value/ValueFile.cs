using System.Text.Json.Serialization;
using Noah.Prediction.Artifacts;
using Noah.Prediction.Training;

namespace Noah.Prediction.Value;

/// <summary>A <see cref="ValueModel"/> as a file.</summary>
internal static class ValueFile
{
    private const string Kind = "value";

    public static void Write(Stream stream, ValueModel model)
    {
        var header = new Header(
            model.Encoder.ToJson(), model.Options, model.Training, model.Positives, model.Calibration, model.Scale.MaxMu, model.Scale.LossUnit);
        ArtifactContainer.Write(stream, Kind, header, NetworkTensors.Of(model.Network));
    }

    public static ValueModel Read(Stream stream)
    {
        var (header, tensors) = ArtifactContainer.Read<Header>(stream, Kind);
        var network = NetworkTensors.Read(header.Encoder, tensors, ValueTargets.MixtureOf(header.Options).Outputs, header.Options);
        return new ValueModel(
            network, header.Calibration, new AmountScale(header.MaxMu, header.LossUnit), header.Positives, header.Options, header.Training);
    }

    private sealed record Header(
        string Encoder, ValueOptions Options, TrainingReport Training, int Positives, [property: JsonRequired] ValueCalibration Calibration,
        double MaxMu, [property: JsonRequired] double LossUnit);
}
