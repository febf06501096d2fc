using Microsoft.Extensions.DependencyInjection;
using Noah.Api.Features.Experiments.Contracts;
using Noah.Api.Features.Models.Contracts;
using Noah.Api.Features.Segments.Contracts;
using Noah.Optimization.Solvers;

[assembly: AssemblyFixture(typeof(Noah.Api.Tests.Features.Planning.PlanningApplication))]

namespace Noah.Api.Tests.Features.Planning;

/// <summary>A host whose model is known in closed form, so that what a plan should do can be said beforehand.</summary>
public sealed class PlanningApplication : NoahApplication
{
    protected override void Replace(IServiceCollection services)
    {
        services.AddSingleton<HeldSolver>();
        services.AddSingleton<IAllocationSolver>(provider => provider.GetRequiredService<HeldSolver>());
        services.AddScoped<IModelScores, KnownModel>();
        services.AddScoped<IExperimentData, KnownExperiment>();
        services.AddScoped<ISegmentMembers, CoreSegment>();
    }
}
