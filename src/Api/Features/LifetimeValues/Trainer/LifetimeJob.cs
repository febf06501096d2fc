using Noah.Api.Features.Training.Contracts;
using Noah.Prediction.Lifetime;
using Noah.Prediction.Transactions;

namespace Noah.Api.Features.LifetimeValues.Trainer;

/// <summary>
/// What the trainer is given of a lifetime value: customers to learn from and others to judge by, as rows without anything that names them. The
/// two ways are chosen between by the judged, so that these go along.
/// </summary>
/// <param name="Terms">Horizons, discount, seed.</param>
/// <param name="Training">To learn from.</param>
/// <param name="Judged">To judge by.</param>
internal sealed record LifetimeJob(LifetimeTerms Terms, LifetimeRows Training, LifetimeRows Judged)
{
    private const int Format = 1;
    private const string HeaderName = "job.json", TrainingName = "training.bin", JudgedName = "judged.bin";

    public void Write(string folder) => TrainerFile.Write(
        folder, HeaderName, new Header(Format, Terms, Training.Write(Path.Combine(folder, TrainingName)), Judged.Write(Path.Combine(folder, JudgedName))));

    /// <exception cref="InvalidDataException">A file is damaged, or of another format.</exception>
    public static LifetimeJob Read(string folder)
    {
        var header = TrainerFile.Read<Header>(folder, HeaderName);
        var horizons = header.Terms.KnownHorizonDays.Count;
        return header.Format == Format
            ? new LifetimeJob(
                header.Terms,
                LifetimeRows.Read(Path.Combine(folder, TrainingName), header.Training, horizons),
                LifetimeRows.Read(Path.Combine(folder, JudgedName), header.Judged, horizons))
            : throw new InvalidDataException($"The job has format {header.Format}; this build reads {Format}.");
    }

    private sealed record Header(int Format, LifetimeTerms Terms, string Training, string Judged);
}

/// <summary>Customers with what they brought.</summary>
/// <param name="Table">Purchases and features.</param>
/// <param name="Amounts">[horizons][customers].</param>
internal sealed record LifetimeRows(LifetimeTable Table, float[][] Amounts)
{
    /// <returns>The file's digest.</returns>
    public string Write(string path)
    {
        using var writer = new RowFileWriter(path);
        if (Table.Rows > 0)
        {
            writer.Begin(Table.Rows);
            writer.Write<CustomerSummary>([.. Table.Customers]);
            writer.Write(Table.Features);
            foreach (var amounts in Amounts)
            {
                writer.Write<float>(amounts);
            }
        }

        return writer.Finish();
    }

    /// <exception cref="InvalidDataException">The file is damaged, or holds nobody.</exception>
    public static LifetimeRows Read(string path, string digest, int horizons)
    {
        using var reader = new RowFileReader(path, digest);
        if (!reader.Next())
        {
            throw new InvalidDataException($"{Path.GetFileName(path)} holds no customer.");
        }

        var customers = reader.Read<CustomerSummary>();
        var features = reader.ReadTable();
        return new LifetimeRows(new LifetimeTable(customers, features), [.. Enumerable.Range(0, horizons).Select(_ => reader.Read<float>())]);
    }
}
