using Noah.Api.Platform.Http;

namespace Noah.Api.Features.Planning;

/// <summary>Names of planning runs and of what they refer to.</summary>
internal static class PlanningNames
{
    public static readonly ResourceKind Runs = new("planningRuns", PlanningRun.Prefix);
    public static readonly ResourceKind Campaigns = new("campaigns", "cmp");
    public static readonly ResourceKind Models = new("models", "mdl");
    public static readonly ResourceKind Experiments = new("experiments", "exp");
    public static readonly ResourceKind Members = new("members", "mem");
    public static readonly ResourceKind Accounts = new("accounts", "acc");
    public static readonly ResourceKind Variants = new("variants", "var");
    public static readonly ResourceKind Audiences = new("audiences", "adn");

    public static string Of(Guid runId) => Runs.Name(runId);
}
