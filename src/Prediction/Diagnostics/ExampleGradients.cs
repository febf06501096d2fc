using Noah.Prediction.Networks;
using Noah.Prediction.Training;
using static TorchSharp.torch;

namespace Noah.Prediction.Diagnostics;

/// <summary>
/// The gradients of every example by one weight, as factors: (inputs) and (gradients of outputs), of which a gradient is the outer product.
/// </summary>
/// <param name="Use">The layer.</param>
/// <param name="Slope">(heads · rows, outputs): gradient of each head's output by the layer's output.</param>
/// <param name="Heads">How often the rows repeat.</param>
internal sealed record ExampleGradients(LayerUse Use, Tensor Slope, long Heads)
{
    private Tensor Input => Use.Input!.repeat(Heads, 1);

    private Tensor Codes => Use.Input!.repeat(Heads);

    /// <summary>Summands of the Gram matrix, (heads · rows, heads · rows), by all uses of one weight and its bias.</summary>
    /// <param name="uses">At least one; all of one weight.</param>
    /// <param name="scale">(parameters): factors on gradients, or null.</param>
    public static IEnumerable<Tensor> Grams(ExampleGradients[] uses, Tensor? scale)
    {
        var first = uses[0];
        if (first.Use.Bias is { } bias)
        {
            yield return Square(Scaled(Sum(uses.Select(use => use.Slope)), scale, bias));
        }
        if (first.Use.Kind == LayerUseKind.Copy)
        {
            yield return Square(Scaled(Sum(uses.Select(use => use.Slope)), scale, first.Use.Weight));
        }
        else if (first.Use.Kind == LayerUseKind.Lookup)
        {
            // Gradients of two examples meet where both picked the same row.
            (Tensor Codes, Tensor Slope)[] picked =
                [.. uses.Select(use => (use.Codes, scale is null ? use.Slope : use.Slope * Part(scale, use.Use.Weight).index(use.Codes)))];
            foreach (var (codes, slope) in picked)
            {
                foreach (var (others, other) in picked)
                {
                    yield return slope.mm(other.t()) * codes.unsqueeze(1).eq(others.unsqueeze(0)).to(ScalarType.Float32);
                }
            }
        }
        else if (uses.Length == 1 && scale is null)
        {
            // (a_i b_i') · (a_j b_j') = (a_i · a_j)(b_i · b_j): the gradients themselves are never made.
            yield return Square(first.Input) * Square(first.Slope);
        }
        else
        {
            yield return Square(Scaled(Sum(uses.Select(use => use.Whole())), scale, first.Use.Weight)); // of (heads · rows, weight)
        }
    }

    private static Tensor Square(Tensor rows) => rows.mm(rows.t());

    private static Tensor Sum(IEnumerable<Tensor> tensors) => tensors.Aggregate((a, b) => a.Plus(b));

    private static Tensor Scaled(Tensor gradients, Tensor? scale, Tensor parameter) =>
        scale is null ? gradients : gradients * Part(scale, parameter).view(1, -1);

    private static Tensor Part(Tensor scale, Tensor parameter) =>
        scale.narrow(0, parameter.storage_offset(), parameter.numel()).view_as(parameter);

    private Tensor Whole() => Slope.unsqueeze(2).mul(Input.unsqueeze(1)).view(Slope.size(0), -1);
}
