using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Noah.Api.Features.Operations.Contracts;
using Noah.Prediction.Features;

namespace Noah.Api.Features.Models.Trainer;

/// <summary>
/// A job on its way to the trainer: <c>job.json</c> tells what it is, <c>rows.bin</c> holds the columns one behind the other (float32, double or
/// int32, as the machine keeps them), and its SHA-256 stands in the first. Read once, by the same build, on the same machine.
/// </summary>
internal static class TrainerJobFile
{
    private const int Format = 1;
    private const int Missing = -1;
    private const string HeaderName = "job.json", RowsName = "rows.bin";

    public static void Write(string folder, TrainerJob job)
    {
        using var digest = SHA256.Create();
        var columns = new List<Column>();
        using (var file = File.Create(Path.Combine(folder, RowsName)))
        using (var rows = new CryptoStream(file, digest, CryptoStreamMode.Write))
        {
            foreach (var column in job.Features.Columns)
            {
                columns.Add(column.Spec.Kind == FeatureKind.Numeric ? WriteNumbers(rows, column) : WriteNames(rows, column));
            }

            rows.Write(MemoryMarshal.AsBytes<int>(job.Arms));
            rows.Write(MemoryMarshal.AsBytes<double>(job.Propensities));
            rows.Write(MemoryMarshal.AsBytes<int>(job.Folds));
            foreach (var outcome in job.Outcomes.Values)
            {
                rows.Write(MemoryMarshal.AsBytes<float>(outcome));
            }
        }

        using var header = File.Create(Path.Combine(folder, HeaderName));
        JsonSerializer.Serialize(
            header, new Header(Format, job.Rows, job.Terms, columns, [.. job.Outcomes.Keys], Convert.ToHexStringLower(digest.Hash!)), OperationJson.Options);
    }

    /// <summary>What to learn and within which limits, before the rows are read.</summary>
    public static TrainerTerms ReadTerms(string folder) => ReadHeader(folder).Terms;

    /// <exception cref="InvalidDataException">A file is damaged, cut short, of another format, or holds a value outside its range (the message names it).</exception>
    public static TrainerJob Read(string folder)
    {
        var header = ReadHeader(folder);
        using var rows = File.OpenRead(Path.Combine(folder, RowsName));
        Require(Convert.ToHexStringLower(SHA256.HashData(rows)) == header.Digest, "The rows of the job do not fit its digest.");
        rows.Position = 0;
        FeatureColumn[] columns = [.. header.Columns.Select(column => column.Names is { } names
            ? FeatureColumn.Categorical(column.Name, Decode(column.Name, names, Next<int>(rows, header.Rows)))
            : FeatureColumn.Numeric(column.Name, Next<float>(rows, header.Rows)))];
        var arms = Next<int>(rows, header.Rows);
        var propensities = Next<double>(rows, header.Rows);
        var folds = Next<int>(rows, header.Rows);
        var outcomes = header.Outcomes.ToDictionary(name => name, _ => Next<float>(rows, header.Rows), StringComparer.Ordinal);
        Require(rows.Position == rows.Length, "The rows of the job go on behind its last column.");
        Require(Array.TrueForAll(arms, arm => (uint)arm < (uint)header.Terms.Arms.Count), "An arm of the job is not among its terms.");
        Require(Array.TrueForAll(propensities, propensity => propensity is > 0 and <= 1), "A propensity of the job is outside (0, 1].");
        Require(Array.TrueForAll(folds, fold => (uint)fold < TrainerJob.FoldCount), "A fold of the job is neither 0 nor 1.");
        foreach (var name in header.Terms.Responses.Concat(header.Terms.Value is { } value ? [value] : []))
        {
            Require(outcomes.TryGetValue(name, out var values) && Array.TrueForAll(values, float.IsFinite), $"The outcome '{name}' of the job is missing or not finite.");
        }

        return new TrainerJob(header.Terms, new FeatureTable(columns), arms, propensities, folds, outcomes);
    }

    private static Header ReadHeader(string folder)
    {
        using var file = File.OpenRead(Path.Combine(folder, HeaderName));
        try
        {
            var header = JsonSerializer.Deserialize<Header>(file, OperationJson.Options);
            Require(header is { Format: Format }, $"The job has format {header?.Format}; this build reads {Format}.");
            return header!;
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"The job's header can't be read: {exception.Message}", exception);
        }
    }

    private static Column WriteNumbers(Stream rows, FeatureColumn column)
    {
        rows.Write(MemoryMarshal.AsBytes(column.Numbers));
        return new Column(column.Spec.Name);
    }

    private static Column WriteNames(Stream rows, FeatureColumn column)
    {
        var codes = new Dictionary<string, int>(StringComparer.Ordinal);
        var coded = new int[column.Rows];
        for (var row = 0; row < coded.Length; row++)
        {
            if (column.Names[row] is not { } name)
            {
                coded[row] = Missing;
                continue;
            }

            ref var code = ref CollectionsMarshal.GetValueRefOrAddDefault(codes, name, out var known);
            coded[row] = code = known ? code : codes.Count - 1;
        }

        rows.Write(MemoryMarshal.AsBytes<int>(coded));
        return new Column(column.Spec.Name, [.. codes.Keys]);
    }

    private static string?[] Decode(string column, string[] names, int[] codes)
    {
        Require(Array.TrueForAll(codes, code => code >= Missing && code < names.Length), $"A name of the feature '{column}' is not in its list.");
        return Array.ConvertAll(codes, code => code == Missing ? null : names[code]);
    }

    private static T[] Next<T>(Stream rows, int count)
        where T : unmanaged
    {
        var values = new T[count];
        try
        {
            rows.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        }
        catch (EndOfStreamException exception)
        {
            throw new InvalidDataException("The rows of the job are cut short.", exception);
        }

        return values;
    }

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new InvalidDataException(message);
        }
    }

    /// <param name="Name">Of the feature.</param>
    /// <param name="Names">The distinct names of a categorical feature; null for a numeric one.</param>
    private sealed record Column(string Name, string[]? Names = null);

    private sealed record Header(int Format, int Rows, TrainerTerms Terms, IReadOnlyList<Column> Columns, IReadOnlyList<string> Outcomes, string Digest);
}
