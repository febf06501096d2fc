using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Noah.Prediction.Features;

namespace Noah.Api.Features.Training.Contracts;

/// <summary>Reads what <see cref="RowFileWriter"/> wrote, group by group and in the same order.</summary>
internal sealed class RowFileReader : IDisposable
{
    private const int BufferBytes = 1 << 16;

    private readonly FileStream _file;
    private readonly BinaryReader _from;

    /// <exception cref="InvalidDataException">The file is damaged: it does not fit the digest.</exception>
    public RowFileReader(string path, string digest)
    {
        _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes);
        _from = new BinaryReader(_file);
        var actual = Convert.ToHexStringLower(SHA256.HashData(_file));
        _file.Position = 0;
        if (actual != digest)
        {
            _file.Dispose();
            throw new InvalidDataException($"The rows in {Path.GetFileName(path)} do not fit their digest.");
        }
    }

    /// <summary>Rows of the group at hand.</summary>
    public int Rows { get; private set; }

    /// <summary>Goes to the next group, whose columns must then all be read; false behind the last.</summary>
    public bool Next()
    {
        Rows = _file.Position < _file.Length ? _from.ReadInt32() : 0;
        return Rows > 0;
    }

    public T[] Read<T>()
        where T : unmanaged => Read<T>(Rows);

    public FeatureTable ReadTable()
    {
        var columns = new FeatureColumn[_from.ReadInt32()];
        for (var index = 0; index < columns.Length; index++)
        {
            var (name, kind) = (_from.ReadString(), (FeatureKind)_from.ReadByte());
            columns[index] = kind switch
            {
                FeatureKind.Numeric => FeatureColumn.Numeric(name, Read<float>()),
                FeatureKind.Cyclic when _from.ReadSingle() is var period => FeatureColumn.Cyclic(name, Read<float>(), period),
                FeatureKind.Categorical => FeatureColumn.Categorical(name, ReadNames(name)),
                FeatureKind.MultiValued => FeatureColumn.MultiValued(name, ReadSets(name)),
                _ => throw new InvalidDataException($"The feature '{name}' is of an unknown kind."),
            };
        }

        return new FeatureTable(columns);
    }

    public void Dispose() => _from.Dispose();

    private string?[] ReadNames(string column)
    {
        var names = ReadDistinct();
        return Array.ConvertAll(Read<int>(), code => code == RowFileWriter.Missing ? null : Name(column, names, code));
    }

    private string[]?[] ReadSets(string column)
    {
        var (names, counts) = (ReadDistinct(), Read<int>());
        return Array.ConvertAll(
            counts, count => count == RowFileWriter.Missing ? null : Array.ConvertAll(Read<int>(count), code => Name(column, names, code)));
    }

    private string[] ReadDistinct()
    {
        var names = new string[_from.ReadInt32()];
        for (var index = 0; index < names.Length; index++)
        {
            names[index] = _from.ReadString();
        }

        return names;
    }

    private static string Name(string column, string[] names, int code) => (uint)code < (uint)names.Length
        ? names[code]
        : throw new InvalidDataException($"A name of the feature '{column}' is not in its list.");

    private T[] Read<T>(int count)
        where T : unmanaged
    {
        var values = new T[count];
        _file.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }
}
