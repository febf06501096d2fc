using Noah.Prediction.Features;
using Noah.Prediction.Networks;
using Noah.Prediction.Training;
using Noah.Prediction.Training.Incremental;
using static TorchSharp.torch;

namespace Noah.Prediction.Diagnostics;

/// <summary>
/// Rows whose curvature is measured through all of a training, with the rows of tables that they use: another row has no gradient there, and no
/// part in their curvature, so that what a reading costs does not grow with the vocabulary.
/// </summary>
internal sealed class CurvatureSample
{
    private readonly CompactTables _tables;

    /// <param name="network">The network.</param>
    /// <param name="rows">The rows.</param>
    public CurvatureSample(ActionNetwork network, EncodedBatch rows) => _tables = new CompactTables(network, rows);

    /// <summary>Curvature at some weights; of the embedding tables by themselves too where these have steps of their own.</summary>
    /// <param name="weights">(parameters) of the network.</param>
    /// <param name="scale">(parameters): P^−½ of the optimiser, or null.</param>
    /// <param name="targets">Of the rows, on the device.</param>
    /// <param name="loss">Mean loss.</param>
    /// <param name="isRowWise">Whether tables are stepped row by row.</param>
    /// <returns>As <see cref="StabilityProbe.Measure"/>.</returns>
    public (Curvature All, Curvature? Tables)? Measure(float[] weights, float[]? scale, Targets targets, BatchLoss loss, bool isRowWise)
    {
        using var scope = NewDisposeScope();
        var (network, rows, device) = (_tables.Network, _tables.Encoded, targets.Labels.device);
        Tensor numeric = TorchRuntime.TensorOf(rows.Numeric, [rows.Rows, rows.NumericWidth], device);
        Tensor codes = tensor(rows.Codes, [rows.Rows, rows.CategoricalWidth], device: device).to(ScalarType.Int64);
        return StabilityProbe.Measure(
            Whole(weights).requires_grad_(true),
            flat =>
            {
                var parameters = network.Parameters(flat);
                var outputs = network.Heads(parameters, network.Represent(parameters, numeric, codes), targets.ActionMask);
                return network.Calibrate(parameters, outputs, codes);
            },
            outputs => loss(outputs, targets.Labels), scale is null ? null : Whole(scale),
            isRowWise ? network.Blocks[network.Tables.Count].Offset : 0);

        Tensor Whole(float[] full)
        {
            float[] compact = _tables.Gather(full);
            return TorchRuntime.TensorOf(compact, [compact.Length], device);
        }
    }
}
