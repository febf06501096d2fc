using Noah.Api.Features.LifetimeValues.Trainer;
using Noah.Prediction.Lifetime;
using Noah.Prediction.Transactions;
using Noah.Prediction.Value;

namespace Noah.Api.Features.LifetimeValues;

/// <summary>A version put together again.</summary>
/// <param name="Model">What customers are valued by.</param>
/// <param name="Parameters">What it needs to know of the log.</param>
/// <param name="Options">Its horizons and discount.</param>
internal sealed record StoredLifetimeModel(LifetimeModel Model, LifetimeParameters Parameters, LifetimeOptions Options)
{
    /// <summary>Refused with what is wrong when a file is damaged or of another code version.</summary>
    public static StoredLifetimeModel Of(LifetimeValue value, LifetimeValueVersion version)
    {
        var (specification, parameters) = (value.ReadSpecification(), version.ReadParameters());
        var options = new LifetimeTerms(
            parameters.KnownHorizonDays, parameters.LaterHorizonDays, specification.AnnualDiscountRate, specification.Seed).ToOptions();
        return new StoredLifetimeModel(
            new LifetimeModel(
                options,
                parameters.Method == LifetimeCardWriter.Name(LifetimeMethod.Network) ? LifetimeMethod.Network : LifetimeMethod.Transactions,
                parameters.Purchases is [var r, var alpha, var a, var b] ? new BgNbdModel(r, alpha, a, b) : null,
                parameters.Spend is [var p, var q, var v] ? new GammaGammaModel(p, q, v) : null,
                version.Network is { } network ? ValueModel.Load(new MemoryStream(network)) : null),
            parameters,
            options);
    }
}
