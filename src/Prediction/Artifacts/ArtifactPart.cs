using System.Text.Json;
using System.Text.Json.Nodes;

namespace Noah.Prediction.Artifacts;

/// <summary>A model as it lies in a file: alone, or as one of the parts of another.</summary>
/// <param name="Kind">Of the model.</param>
/// <param name="Content">Its header.</param>
/// <param name="Tensors">Its tensors; [] where the header holds everything.</param>
internal sealed record ArtifactPart(string Kind, JsonNode Content, IReadOnlyList<ArtifactTensor> Tensors)
{
    public static ArtifactPart Of<THeader>(string kind, THeader header, IReadOnlyList<ArtifactTensor> tensors) =>
        new(kind, JsonSerializer.SerializeToNode(header)!, tensors);

    /// <exception cref="InvalidDataException">It is of another kind, or its header is not such a header.</exception>
    public THeader Read<THeader>(string kind)
    {
        if (Kind != kind)
        {
            throw new InvalidDataException($"The model file has a {Kind} part where a {kind} part is needed.");
        }
        try
        {
            return Content.Deserialize<THeader>() ?? throw new InvalidDataException($"The header of a {kind} part is empty.");
        }
        catch (Exception e) when (e is JsonException or ArgumentException or NotSupportedException)
        {
            throw new InvalidDataException($"The header of a {kind} part cannot be read: " + e.Message, e);
        }
    }
}
