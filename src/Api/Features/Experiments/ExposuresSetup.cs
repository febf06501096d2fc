using Noah.Api.Features.Experiments.Contracts;

namespace Noah.Api.Features.Experiments;

internal static class ExposuresSetup
{
    public static void AddExposures(this IServiceCollection services) => services.AddScoped<IExposureWriter, ExposureWriter>();
}
