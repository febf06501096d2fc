using System.Runtime.InteropServices;

namespace Noah.Optimization.Programs;

/// <summary>Writes a program as bytes and reads it back, so that another process or machine can solve it. Little-endian; versioned.</summary>
public static class ProgramCodec
{
    private const int Format = 1;

    /// <summary>Writes a program.</summary>
    /// <param name="program">The program.</param>
    /// <param name="writer">Where to.</param>
    public static void Write(AllocationProgram program, BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(Format);
        Write(writer, program.RowStart);
        Write(writer, program.Actions);
        Write(writer, program.Values);
        Write<ulong>(writer, [.. Enumerable.Range(0, program.UnitCount).Select(program.UnitKey)]);
        var limits = program.Limits;
        Write<int>(writer, [.. Enumerable.Range(0, program.UnitCount).Select(limits.Cap)]);
        writer.Write(limits.Channels);
        Write<byte>(writer, [.. Enumerable.Range(0, program.ActionCount).Select(action => (byte)limits.ChannelOf(action))]);
        Write<int>(writer, [.. Enumerable.Range(0, program.UnitCount).SelectMany(unit => Enumerable.Range(0, limits.Channels).Select(c => limits.ChannelCap(unit, c)))]);
        writer.Write(program.Measures.Count - 1);
        foreach (var measure in program.Measures.Skip(1))
        {
            writer.Write(measure.Name);
            writer.Write(measure.IsPerEdge);
            Write(writer, measure.PerEdge);
            Write(writer, measure.PerAction);
        }

        writer.Write(program.Rows.Count);
        foreach (var row in program.Rows)
        {
            writer.Write(row.Name);
            writer.Write((int)row.Kind);
            writer.Write(row.MeasureIndex);
            writer.Write(row.Lower ?? double.NaN);
            writer.Write(row.Upper ?? double.NaN);
            writer.Write(row.CoversAll);
            Write(writer, row.Actions);
        }
    }

    /// <summary>Reads a program and validates it as a builder does.</summary>
    /// <param name="reader">Where from.</param>
    /// <returns>The program.</returns>
    /// <exception cref="InvalidDataException">The bytes are of another format or end early.</exception>
    /// <exception cref="ArgumentException">The program in them is not valid.</exception>
    public static AllocationProgram Read(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        if (reader.ReadInt32() is var format and not Format)
        {
            throw new InvalidDataException($"Program format {format} is not {Format}.");
        }

        var (rowStart, actions, values) = (Read<int>(reader), Read<int>(reader), Read<float>(reader));
        var keys = Read<ulong>(reader);
        var builder = AllocationProgramBuilder.FromOwnedArrays(rowStart, actions, values, Read<int>(reader), keys);
        var channels = reader.ReadInt32();
        var (channelOfAction, channelCaps) = (Read<byte>(reader), Read<int>(reader));
        if (channels > 0)
        {
            builder.WithChannels(channelOfAction, channelCaps, channels);
        }

        for (var measures = reader.ReadInt32(); measures > 0; measures--)
        {
            var (name, isPerEdge, perEdge, perAction) = (reader.ReadString(), reader.ReadBoolean(), Read<float>(reader), Read<double>(reader));
            _ = isPerEdge ? builder.AddMeasure(name, perEdge) : builder.AddMeasure(name, perAction.AsSpan());
        }

        for (var rows = reader.ReadInt32(); rows > 0; rows--)
        {
            var (name, kind, measure) = (reader.ReadString(), (RowKind)reader.ReadInt32(), reader.ReadInt32());
            var (lower, upper) = (Bound(reader.ReadDouble()), Bound(reader.ReadDouble()));
            var (coversAll, ofRow) = (reader.ReadBoolean(), Read<int>(reader));
            builder.AddRow(name, kind, measure, lower, upper, coversAll ? null : ofRow);
        }

        return builder.Build();
    }

    private static double? Bound(double stored) => double.IsNaN(stored) ? null : stored;

    private static void Write<T>(BinaryWriter writer, ReadOnlySpan<T> numbers)
        where T : unmanaged
    {
        writer.Write(numbers.Length);
        writer.Write(MemoryMarshal.AsBytes(numbers));
    }

    private static T[] Read<T>(BinaryReader reader)
        where T : unmanaged
    {
        var numbers = new T[reader.ReadInt32()];
        var bytes = MemoryMarshal.AsBytes(numbers.AsSpan());
        for (var read = 0; read < bytes.Length;)
        {
            var count = reader.Read(bytes[read..]);
            read += count > 0 ? count : throw new InvalidDataException("The bytes end early.");
        }

        return numbers;
    }
}
