using Noah.Api.Features.Training.Contracts;

namespace Noah.Api.Features.Training;

/// <summary>The process that all learning runs in: docs/decisions/0018.</summary>
internal static class TrainingFeature
{
    public static void AddTraining(this IServiceCollection services, IConfiguration configuration, bool works)
    {
        services.AddSingleton(TrainerOptions.Read(configuration));
        services.AddSingleton<ITrainer, TrainerProcess>();
        if (works)
        {
            services.AddHostedService<SweepTrainerFolders>();
        }
    }
}
