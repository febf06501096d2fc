using Quartz;

namespace Noah.Api.Platform.Scheduling;

internal static class SchedulingSetup
{
    /// <summary>Quartz puts the clock of its unnamed scheduler into the container, in the place of the host's; that of a named one stays its own.</summary>
    public const string SchedulerName = "noah";

    /// <summary>
    /// Quartz in its PostgreSQL store, clustered: of several workers one fires each trigger. Jobs are wake-ups over rows, one trigger a
    /// kind of work and never one a mail. The tables come from the migrations.
    /// Features add their jobs through ConfigureAllQuartzSchedulers.
    /// </summary>
    public static void AddNoahScheduling(this IServiceCollection services, IConfiguration configuration)
    {
        var connectionString = configuration.GetConnectionString("Noah")!;
        services.AddQuartz(SchedulerName, quartz =>
        {
            // Triggers fire in real time and look at rows that are due by the host's clock: a manual clock must not stop the looking.
            quartz.UseTimeProvider(TimeProvider.System);
            quartz.UsePersistentStore(store =>
            {
                store.UsePostgres(connectionString);
                store.UseClustering(cluster =>
                {
                    // A worker that was killed in the middle of a firing holds its trigger until the others miss it.
                    cluster.CheckinInterval = TimeSpan.FromSeconds(2);
                    cluster.CheckinMisfireThreshold = TimeSpan.FromSeconds(4);
                });
            });
        });
        services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
    }
}
