using Noah.Prediction.Lifetime;
using Noah.Prediction.Value;

namespace Noah.Api.Features.LifetimeValues.Trainer;

/// <summary>How lifetime value is learnt and told.</summary>
/// <param name="KnownHorizonDays">Horizons with known amounts.</param>
/// <param name="LaterHorizonDays">Horizons that are stretched.</param>
/// <param name="AnnualDiscountRate">By which money a year away is worth less.</param>
/// <param name="Seed">Of every random choice.</param>
/// <param name="Threads">Threads of sums.</param>
internal sealed record LifetimeTerms(
    IReadOnlyList<int> KnownHorizonDays, IReadOnlyList<int> LaterHorizonDays, double AnnualDiscountRate, int Seed, int Threads = 1)
{
    public LifetimeOptions ToOptions() => new()
    {
        HorizonDays = KnownHorizonDays,
        LaterHorizonDays = LaterHorizonDays,
        AnnualDiscountRate = AnnualDiscountRate,
        Network = new ValueOptions { Head = ValueHead.LognormalMixture, Seed = (ulong)Seed, Threads = Threads },
    };
}
