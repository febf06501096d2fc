using Noah.Api.Features.Training.Contracts;

namespace Noah.Api.Features.Models.Trainer;

/// <summary>
/// The rows of a job in the trainer's folder: <c>job.json</c> tells what to learn, <c>rows.bin</c> holds the rows in groups, and its SHA-256 stands in
/// the first. They are read group by group, as often as they are needed.
/// </summary>
internal sealed class JobRows
{
    /// <summary>What needs all rows at once, trees and learners of increments, draws so many of them.</summary>
    public const int MostInMemory = 500_000;

    private const int Format = 2;
    private const string HeaderName = "job.json", RowsName = "rows.bin";

    private readonly string _folder;
    private readonly Header _header;

    private JobRows(string folder, Header header) => (_folder, _header) = (folder, header);

    public TrainerTerms Terms => _header.Terms;

    public int Rows => _header.Rows;

    /// <summary>Begins a job, to which rows are added as they come.</summary>
    public static Writer Create(string folder, TrainerTerms terms) => new(folder, terms);

    /// <summary>Writes a job whose rows are at hand.</summary>
    public static void Write(string folder, TrainerJob job)
    {
        using var writer = Create(folder, job.Terms);
        writer.Add(job);
        writer.Finish();
    }

    /// <exception cref="InvalidDataException">The header is damaged, or of another format.</exception>
    public static JobRows Open(string folder)
    {
        var header = TrainerFile.Read<Header>(folder, HeaderName);
        Require(header.Format == Format, $"The job has format {header.Format}; this build reads {Format}.");
        return new JobRows(folder, header);
    }

    /// <summary>All rows, a group at a time.</summary>
    /// <exception cref="InvalidDataException">The rows are damaged, or one holds a value outside its range (the message names it).</exception>
    public IEnumerable<TrainerJob> Batches()
    {
        using var reader = new RowFileReader(Path.Combine(_folder, RowsName), _header.Digest);
        while (reader.Next())
        {
            var features = reader.ReadTable();
            var (arms, propensities, folds) = (reader.Read<int>(), reader.Read<double>(), reader.Read<int>());
            var outcomes = Terms.Outcomes.ToDictionary(name => name, _ => reader.Read<float>(), StringComparer.Ordinal);
            Require(Array.TrueForAll(arms, arm => (uint)arm < (uint)Terms.Arms.Count), "An arm of the job is not among its terms.");
            Require(Array.TrueForAll(propensities, propensity => propensity is > 0 and <= 1), "A propensity of the job is outside (0, 1].");
            Require(Array.TrueForAll(folds, fold => (uint)fold < TrainerJob.FoldCount), "A fold of the job is neither 0 nor 1.");
            foreach (var (name, values) in outcomes)
            {
                Require(Array.TrueForAll(values, float.IsFinite), $"The outcome '{name}' of the job is not finite.");
            }

            yield return new TrainerJob(Terms, features, arms, propensities, folds, outcomes);
        }
    }

    /// <summary>Rows as one table: all of them, or evenly spaced ones where they are more than asked for.</summary>
    public TrainerJob Sample(int most)
    {
        var drawn = new List<TrainerJob>();
        var before = 0L;
        foreach (var batch in Batches())
        {
            int[] rows = [.. Enumerable.Range(0, batch.Rows).Where(row => IsDrawn(before + row, most))];
            drawn.Add(rows.Length == batch.Rows ? batch : batch.Select(rows));
            before += batch.Rows;
        }

        return TrainerJob.Concat(Terms, drawn);
    }

    private bool IsDrawn(long row, int most) => Rows <= most || (row + 1) * most / Rows > row * most / Rows;

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new InvalidDataException(message);
        }
    }

    /// <summary>Adds rows to a job.</summary>
    internal sealed class Writer(string folder, TrainerTerms terms) : IDisposable
    {
        private readonly RowFileWriter _rows = new(Path.Combine(folder, RowsName));

        public int Rows => _rows.Rows;

        /// <param name="batch">Any number of rows with the same features as those before.</param>
        public void Add(TrainerJob batch)
        {
            foreach (var rows in Enumerable.Range(0, batch.Rows).Chunk(RowFileWriter.GroupRows))
            {
                var group = rows.Length == batch.Rows ? batch : batch.Select(rows);
                _rows.Begin(group.Rows);
                _rows.Write(group.Features);
                _rows.Write<int>(group.Arms);
                _rows.Write<double>(group.Propensities);
                _rows.Write<int>(group.Folds);
                foreach (var name in terms.Outcomes)
                {
                    _rows.Write<float>(group.Outcomes[name]);
                }
            }
        }

        public void Finish() => TrainerFile.Write(folder, HeaderName, new Header(Format, Rows, terms, _rows.Finish()));

        public void Dispose() => _rows.Dispose();
    }

    private sealed record Header(int Format, int Rows, TrainerTerms Terms, string Digest);
}
