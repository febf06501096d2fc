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
    private Tensor Input => Use.IsLookup ? Use.Input.repeat(Heads) : Use.Input.repeat(Heads, 1);

    /// <summary>Summands of the Gram matrix, (heads · rows, heads · rows), by all uses of one weight and its bias.</summary>
    /// <param name="uses">At least one; all of one weight.</param>
    /// <param name="scale">(parameters): factors on gradients, or null.</param>
    public static IEnumerable<Tensor> Grams(ExampleGradients[] uses, Tensor? scale)
    {
        var (first, rows) = (uses[0], uses[0].Slope.size(0));
        if (first.Use.Bias is { } bias)
        {
            var slopes = uses.Select(use => use.Slope).Aggregate((a, b) => a.Plus(b));
            var scaled = scale is null ? slopes : slopes * Part(scale, bias);
            yield return scaled.mm(scaled.t());
        }
        if (first.Use.IsLookup && uses.Length == 1)
        {
            var codes = first.Input;
            var scaled = scale is null ? first.Slope : first.Slope * Part(scale, first.Use.Weight).view_as(first.Use.Weight).index(codes);
            yield return scaled.mm(scaled.t()) * codes.unsqueeze(0).eq(codes.unsqueeze(1)).to(ScalarType.Float32);
        }
        else if (uses.Length == 1 && scale is null)
        {
            // (a_i b_i') · (a_j b_j') = (a_i · a_j)(b_i · b_j): the gradients themselves are never made.
            yield return first.Input.mm(first.Input.t()) * first.Slope.mm(first.Slope.t());
        }
        else
        {
            var gradients = uses.Select(use => use.Whole()).Aggregate((a, b) => a.Plus(b)); // (heads · rows, weight)
            var scaled = scale is null ? gradients : gradients * Part(scale, first.Use.Weight);
            yield return scaled.mm(scaled.t());
        }
    }

    private Tensor Whole()
    {
        long rows = Slope.size(0);
        return Use.IsLookup
            ? zeros([rows, Use.Weight.size(0), Use.Weight.size(1)], device: Slope.device)
                .index_put_(Slope, arange(rows, device: Slope.device), Input).view(rows, -1)
            : Slope.unsqueeze(2).mul(Input.unsqueeze(1)).view(rows, -1);
    }

    private static Tensor Part(Tensor scale, Tensor parameter) => scale.narrow(0, parameter.storage_offset(), parameter.numel());
}
