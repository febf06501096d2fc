using Noah.Api.Features.Training.Contracts;
using Noah.Prediction.Lifetime;
using Noah.Prediction.Transactions;
using Noah.Prediction.Value;

namespace Noah.Api.Features.LifetimeValues.Trainer;

/// <summary>What the trainer leaves of a lifetime value: <c>result.json</c>, which is written last, and the network.</summary>
internal static class LifetimeResult
{
    private const int Format = 1;
    private const string ManifestName = "result.json", NetworkName = "network";

    public static void Write(string folder, LifetimeFit fit) => TrainerFile.Write(folder, ManifestName, new Manifest(
        Format,
        fit with { Model = null },
        fit.Model?.Method,
        fit.Model?.Purchases is { } purchases ? [purchases.R, purchases.Alpha, purchases.A, purchases.B] : null,
        fit.Model?.Spend is { } spend ? [spend.P, spend.Q, spend.V] : null,
        fit.Model?.Network is { } network ? TrainerFile.Save(folder, NetworkName, network.Save) : null));

    /// <exception cref="InvalidDataException">A file is missing or damaged, or the result is of another format.</exception>
    public static LifetimeFit Read(string folder, LifetimeTerms terms)
    {
        var manifest = TrainerFile.Read<Manifest>(folder, ManifestName);
        if (manifest.Format != Format)
        {
            throw new InvalidDataException($"The trainer's result has format {manifest.Format}; this build reads {Format}.");
        }

        return manifest.Method is not { } method ? manifest.Fit : manifest.Fit with
        {
            Model = new LifetimeModel(
                terms.ToOptions(),
                method,
                manifest.Purchases is [var r, var alpha, var a, var b] ? new BgNbdModel(r, alpha, a, b) : null,
                manifest.Spend is [var p, var q, var v] ? new GammaGammaModel(p, q, v) : null,
                manifest.Network is { } digest ? TrainerFile.Load(folder, NetworkName, digest, ValueModel.Load) : null),
        };
    }

    /// <param name="Format">Of the files.</param>
    /// <param name="Fit">All but the model.</param>
    /// <param name="Method">The way that was chosen; null without a model.</param>
    /// <param name="Purchases">r, α, a, b of BG/NBD.</param>
    /// <param name="Spend">p, q, v of gamma-gamma.</param>
    /// <param name="Network">Digest of the network's file.</param>
    private sealed record Manifest(int Format, LifetimeFit Fit, LifetimeMethod? Method, double[]? Purchases, double[]? Spend, string? Network);
}
