namespace Noah.Migrations;

/// <summary>Statements that EF has no words for, kept as SQL files beside the migrations.</summary>
internal static class EmbeddedSql
{
    private const string QuartzPrefix = "qrtz_";

    /// <summary>Text of Sql/<paramref name="name"/>.sql.</summary>
    public static string Read(string name) => Read(typeof(EmbeddedSql).Assembly, $"Noah.Migrations.Sql.{name}.sql");

    /// <summary>Quartz's own schema, as its package ships it: replicas never create it themselves.</summary>
    public static string Quartz() => Read(typeof(Quartz.IScheduler).Assembly, "Quartz.Impl.AdoJobStore.Schema.create_postgres.sql")
        .Replace("{0}", QuartzPrefix, StringComparison.Ordinal)
        .Replace("{1}", QuartzPrefix, StringComparison.Ordinal);

    private static string Read(System.Reflection.Assembly assembly, string resource)
    {
        using var stream = assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"{assembly.GetName().Name} holds no resource {resource}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
