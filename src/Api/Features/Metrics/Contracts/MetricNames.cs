using Noah.Api.Platform.Http;

namespace Noah.Api.Features.Metrics.Contracts;

/// <summary>How metrics are referred to.</summary>
internal static class MetricNames
{
    public const string Prefix = "met";

    public static readonly ResourceKind Kind = new("metrics", Prefix);
}
