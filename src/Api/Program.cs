using Noah.Api.Features.Audiences;
using Noah.Api.Features.Campaigns;
using Noah.Api.Features.Content;
using Noah.Api.Features.Events;
using Noah.Api.Features.Experiments;
using Noah.Api.Features.Imports;
using Noah.Api.Features.LifetimeValues;
using Noah.Api.Features.LifetimeValues.Trainer;
using Noah.Api.Features.Members;
using Noah.Api.Features.Metrics;
using Noah.Api.Features.Models;
using Noah.Api.Features.Models.Trainer;
using Noah.Api.Features.Operations;
using Noah.Api.Features.Planning;
using Noah.Api.Features.Products;
using Noah.Api.Features.Segments;
using Noah.Api.Features.Sending;
using Noah.Api.Features.Tenancy;
using Noah.Api.Features.Training;
using Noah.Api.Features.Training.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Http;
using Noah.Api.Platform.Idempotency;
using Noah.Api.Platform.Messaging;
using Noah.Api.Platform.Persistence;
using Noah.Api.Platform.Scheduling;
using Noah.Api.Platform.Security;
using Noah.Api.Platform.Telemetry;
using Noah.Api.Platform.Time;

// Trainings run this binary again, without database, port or secrets: docs/decisions/0018.
if (args is [TrainerProgram.Verb, ..])
{
    return TrainerProgram.Run(args.AsSpan(1), new Dictionary<string, TrainerLearner>
    {
        [Learning.Kind] = Learning.Run,
        [RefreshLearning.Kind] = RefreshLearning.Run,
        [LifetimeLearning.Kind] = LifetimeLearning.Run,
    });
}

var builder = WebApplication.CreateBuilder(args);
var configuration = builder.Configuration;

// One image, two roles: an api answers, a worker works; "all" does both in one process.
var role = configuration["Noah:Role"] ?? "all";
if (role is not ("all" or "api" or "worker"))
{
    throw new InvalidOperationException($"Noah:Role is '{role}'; it can be all, api or worker.");
}

var works = role is "all" or "worker";

builder.Services.AddNoahPersistence(configuration);
builder.Services.AddNoahSecurity(configuration);
builder.Services.AddNoahTime(configuration);
builder.Services.AddNoahErrors();
builder.Services.AddNoahHttp();
builder.Services.AddNoahTelemetry(configuration);
builder.Services.AddNoahMessaging(configuration, consumes: works);
if (works)
{
    builder.Services.AddNoahScheduling(configuration);
}

builder.Services.AddTenancy();
builder.Services.AddOperations(works);
builder.Services.AddProducts();
builder.Services.AddMembers();
builder.Services.AddImports();
builder.Services.AddEvents();
builder.Services.AddSegments();
builder.Services.AddMetricDefinitions();
builder.Services.AddExperiments();
builder.Services.AddTraining(configuration, works);
builder.Services.AddModels(works);
builder.Services.AddLifetimeValues();
builder.Services.AddAudiences();
builder.Services.AddContent();
builder.Services.AddCampaigns();
builder.Services.AddPlanning();
builder.Services.AddSending(configuration, works);

var app = builder.Build();
app.CheckSecrets();
app.UseNoahErrors();
app.UseIdempotencyBuffering();
app.UseAuthentication();
app.UseAuthorization();
app.MapHealth();
if (role is "all" or "api")
{
    app.MapApiReference();
    app.MapClock();
    app.MapTenancy();
    app.MapOperations();
    app.MapProducts();
    app.MapMembers();
    app.MapImports();
    app.MapEvents();
    app.MapSegments();
    app.MapMetrics();
    app.MapExperiments();
    app.MapModels();
    app.MapLifetimeValues();
    app.MapAudiences();
    app.MapCampaigns();
    app.MapPlanning();
    app.MapSending();
}

app.Run();
return 0;
