using static TorchSharp.torch;

namespace Noah.Prediction.Training;

/// <summary>What one batch is computed from.</summary>
/// <param name="Parameters">Of all blocks; in place of each embedding table only its touched rows, where the step is row-wise.</param>
/// <param name="Codes">(batch, tables), int64: rows of these tables; null where they are whole.</param>
/// <param name="Leaves">What gradients are taken of: the flat vector, then the touched rows of each table.</param>
/// <param name="Rows">[tables] (touched), int64: the rows in the whole tables.</param>
internal sealed record TouchedRows(Tensor[] Parameters, Tensor? Codes, Tensor[] Leaves, Tensor[] Rows);
