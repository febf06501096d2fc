using System.Text.Json.Nodes;

namespace Noah.Prediction.Artifacts;

/// <summary>What the header of a whole says of one part; the part's tensors stand in the file under its number, "3.nodes".</summary>
internal sealed record PartHeader(string Kind, JsonNode Content)
{
    public static (PartHeader[] Headers, ArtifactTensor[] Tensors) Join(IReadOnlyList<ArtifactPart> parts) => (
        [.. parts.Select(part => new PartHeader(part.Kind, part.Content))],
        [.. parts.SelectMany((part, i) => part.Tensors.Select(tensor => tensor with { Name = $"{i}.{tensor.Name}" }))]);

    /// <exception cref="InvalidDataException">A tensor belongs to no part.</exception>
    public static ArtifactPart[] Split(PartHeader[] headers, IReadOnlyList<ArtifactTensor> tensors)
    {
        ArtifactPart[] parts =
        [
            .. headers.Select((header, i) => new ArtifactPart(
                header.Kind, header.Content,
                [
                    .. tensors.Where(tensor => tensor.Name.StartsWith($"{i}.", StringComparison.Ordinal))
                        .Select(tensor => tensor with { Name = tensor.Name[(tensor.Name.IndexOf('.', StringComparison.Ordinal) + 1)..] }),
                ])),
        ];
        return parts.Sum(part => part.Tensors.Count) == tensors.Count
            ? parts
            : throw new InvalidDataException("The model file holds tensors that belong to none of its parts.");
    }
}
