using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Noah.Prediction.Features;

namespace Noah.Api.Features.Training.Contracts;

/// <summary>
/// Rows on their way to the trainer, in groups as they come, as the machine keeps numbers. A group stands by itself, with the names that occur in
/// it, so that neither side ever holds more than one. Written and read once, by the same build, on the same machine.
/// </summary>
internal sealed class RowFileWriter : IDisposable
{
    /// <summary>Rows of a group where the writer may choose: some megabytes with tens of columns.</summary>
    public const int GroupRows = 16_384;

    public const int Missing = -1;
    private const int BufferBytes = 1 << 16;

    private readonly SHA256 _digest = SHA256.Create();
    private readonly BinaryWriter _to;
    private int _group;

    public RowFileWriter(string path) =>
        _to = new BinaryWriter(new BufferedStream(new CryptoStream(File.Create(path), _digest, CryptoStreamMode.Write), BufferBytes));

    /// <summary>Rows of all groups.</summary>
    public int Rows { get; private set; }

    /// <summary>Begins a group; its columns follow, each as long.</summary>
    public void Begin(int rows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        _to.Write(_group = rows);
        Rows = checked(Rows + rows);
    }

    public void Write<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        Require(values.Length);
        _to.Write(MemoryMarshal.AsBytes(values));
    }

    public void Write(FeatureTable table)
    {
        Require(table.Rows);
        _to.Write(table.Columns.Count);
        foreach (var column in table.Columns)
        {
            _to.Write(column.Spec.Name);
            _to.Write((byte)column.Spec.Kind);
            switch (column.Spec.Kind)
            {
                case FeatureKind.Numeric:
                    Write(column.Numbers);
                    break;
                case FeatureKind.Cyclic:
                    _to.Write(column.Spec.Period!.Value);
                    Write(column.Numbers);
                    break;
                case FeatureKind.Categorical:
                    WriteNames(column.Names);
                    break;
                default:
                    WriteSets(column.NameSets);
                    break;
            }
        }
    }

    /// <summary>Ends the file.</summary>
    /// <returns>Its SHA-256, by which the reader knows it.</returns>
    public string Finish()
    {
        _to.Dispose();
        return Convert.ToHexStringLower(_digest.Hash!);
    }

    public void Dispose()
    {
        _to.Dispose();
        _digest.Dispose();
    }

    private void WriteNames(ReadOnlySpan<string?> names)
    {
        var codes = new GroupNames();
        var coded = new int[names.Length];
        for (var row = 0; row < coded.Length; row++)
        {
            coded[row] = names[row] is { } name ? codes.CodeOf(name) : Missing;
        }

        WriteNames(codes);
        Write<int>(coded);
    }

    private void WriteSets(ReadOnlySpan<string[]?> sets)
    {
        var codes = new GroupNames();
        var (counts, members) = (new int[sets.Length], new List<int>());
        for (var row = 0; row < counts.Length; row++)
        {
            counts[row] = sets[row]?.Length ?? Missing;
            foreach (var name in sets[row] ?? [])
            {
                members.Add(codes.CodeOf(name));
            }
        }

        WriteNames(codes);
        Write<int>(counts);
        _to.Write(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(members)));
    }

    private void WriteNames(GroupNames codes)
    {
        _to.Write(codes.All.Count);
        foreach (var name in codes.All)
        {
            _to.Write(name);
        }
    }

    private void Require(int length)
    {
        if (length != _group)
        {
            throw new ArgumentException($"A column has {length} rows; its group has {_group}.", nameof(length));
        }
    }

    /// <summary>The distinct names of one column in one group.</summary>
    private sealed class GroupNames
    {
        private readonly Dictionary<string, int> _codes = new(StringComparer.Ordinal);

        public Dictionary<string, int>.KeyCollection All => _codes.Keys;

        public int CodeOf(string name)
        {
            ref var code = ref CollectionsMarshal.GetValueRefOrAddDefault(_codes, name, out var known);
            return code = known ? code : _codes.Count - 1;
        }
    }
}
