using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Noah.Prediction.Artifacts;

/// <summary>
/// The file form of every model: "NOAHMODL", version (u32), header length (u32), header (UTF-8 JSON), tensors (float32, or 8-bit rows) and the
/// SHA-256 of all before, little-endian. The header describes each tensor by name, dtype, shape and byte offsets, as safetensors does.
/// </summary>
internal static class ArtifactContainer
{
    public const uint Version = 1;
    private const string Floats = "F32", Rows = "I8-ROWS";
    private const int PrefixLength = 16, DigestLength = 32;
    private static ReadOnlySpan<byte> Magic => "NOAHMODL"u8;

    public static void Write<THeader>(Stream stream, string kind, THeader header, IReadOnlyList<ArtifactTensor> tensors)
    {
        ArgumentNullException.ThrowIfNull(stream);
        int offset = 0;
        var places = new List<TensorPlace>();
        foreach (var tensor in tensors)
        {
            long length = tensor.AsInt8Rows ? RowInt8.Length(tensor.Shape) : (long)tensor.Values.Length * sizeof(float);
            int end = checked((int)(offset + length));
            places.Add(new TensorPlace(tensor.Name, tensor.AsInt8Rows ? Rows : Floats, tensor.Shape, offset, end));
            offset = end;
        }
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(new Header(kind, JsonSerializer.SerializeToNode(header), places));
        var bytes = new byte[PrefixLength + json.Length + offset + DigestLength];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), Version);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(12), (uint)json.Length);
        json.CopyTo(bytes, PrefixLength);
        for (int i = 0; i < tensors.Count; i++)
        {
            var values = tensors[i].AsInt8Rows
                ? RowInt8.Pack(tensors[i].Values, tensors[i].Shape)
                : MemoryMarshal.AsBytes<float>(tensors[i].Values);
            values.CopyTo(bytes.AsSpan(PrefixLength + json.Length + places[i].Start));
        }
        SHA256.HashData(bytes.AsSpan(0, bytes.Length - DigestLength), bytes.AsSpan(bytes.Length - DigestLength));
        stream.Write(bytes);
    }

    /// <exception cref="InvalidDataException">Not such a file, of another version or kind, cut short or altered.</exception>
    public static (THeader Header, IReadOnlyList<ArtifactTensor> Tensors) Read<THeader>(Stream stream, string kind)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        ReadOnlySpan<byte> bytes = memory.GetBuffer().AsSpan(0, (int)memory.Length);
        if (bytes.Length < PrefixLength + DigestLength || !bytes.StartsWith(Magic))
        {
            throw new InvalidDataException("This is not a NOAH model file.");
        }
        uint version = BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
        if (version != Version)
        {
            throw new InvalidDataException($"The model file has version {version}; this program reads version {Version}.");
        }
        var body = bytes[..^DigestLength];
        Span<byte> digest = stackalloc byte[DigestLength];
        SHA256.HashData(body, digest);
        if (!digest.SequenceEqual(bytes[^DigestLength..]))
        {
            throw new InvalidDataException("The model file is damaged: its checksum does not fit.");
        }
        try
        {
            int headerLength = checked((int)BinaryPrimitives.ReadUInt32LittleEndian(body[12..]));
            var header = JsonSerializer.Deserialize<Header>(body.Slice(PrefixLength, headerLength));
            if (header is not { Content: not null, Tensors: not null })
            {
                throw new InvalidDataException("The model file's header is empty.");
            }
            if (header.Kind != kind)
            {
                throw new InvalidDataException($"The model file holds a {header.Kind} model; a {kind} model is needed.");
            }
            var payload = body[(PrefixLength + headerLength)..];
            var tensors = new List<ArtifactTensor>();
            foreach (var place in header.Tensors)
            {
                var part = payload[place.Start..place.End];
                tensors.Add(new ArtifactTensor(place.Name, place.Shape, place switch
                {
                    { Type: Floats } when place.Shape.Aggregate(4L, (product, size) => product * size) == part.Length =>
                        MemoryMarshal.Cast<byte, float>(part).ToArray(),
                    { Type: Rows, Shape.Length: 2 } when RowInt8.Length(place.Shape) == part.Length => RowInt8.Unpack(part, place.Shape),
                    _ => throw new InvalidDataException($"Tensor '{place.Name}' does not fit its description."),
                }));
            }
            return (header.Content.Deserialize<THeader>() ?? throw new InvalidDataException("The model file's header is empty."), tensors);
        }
        catch (Exception e) when (e is JsonException or ArgumentException or OverflowException or NotSupportedException)
        {
            throw new InvalidDataException("The model file's header cannot be read: " + e.Message, e);
        }
    }

    private sealed record TensorPlace(string Name, string Type, int[] Shape, int Start, int End);

    private sealed record Header(string Kind, JsonNode? Content, IReadOnlyList<TensorPlace> Tensors);
}
