using Noah.Api.Features.Members.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Http;

namespace Noah.Api.Features.Planning;

/// <summary>What creating a run and asking for other bounds of one both check.</summary>
internal static class BandChecks
{
    public static RequestCheck MaximumSends(this RequestCheck check, int? most) =>
        check.Require((most ?? 0) >= 0, "/maximumSends", "outOfRange", "/maximumSends must not be negative.");

    public static RequestCheck Lines(this RequestCheck check, LineBand[] bands, IReadOnlySet<string> known)
    {
        for (var index = 0; index < bands.Length; index++)
        {
            var band = bands[index];
            check
                .Require(known.Contains(band.Line), $"/lines/{index}/line", "unknownValue", $"/lines/{index}/line is no line of these campaigns.", known.Order(StringComparer.Ordinal))
                .Require(Array.FindIndex(bands, other => other.Line == band.Line) == index, $"/lines/{index}/line", "duplicate", $"/lines/{index}/line is named twice.")
                .Require((band.Minimum ?? 0) >= 0, $"/lines/{index}/minimum", "outOfRange", $"/lines/{index}/minimum must not be negative.")
                .Require(
                    (band.Maximum ?? int.MaxValue) >= (band.Minimum ?? 0), $"/lines/{index}/maximum", "outOfRange", $"/lines/{index}/maximum must not be below the minimum.");
        }

        return check;
    }

    public static RequestCheck Channels(this RequestCheck check, ChannelBand[] bands, string currency)
    {
        for (var index = 0; index < bands.Length; index++)
        {
            var (band, pointer) = (bands[index], $"/channels/{index}");
            check
                .OneOf($"{pointer}/channel", band.Channel, ConsentChannels.All)
                .Require(Array.FindIndex(bands, other => other.Channel == band.Channel) == index, $"{pointer}/channel", "duplicate", $"{pointer}/channel is named twice.");
            if (band.Minimum is { } minimum)
            {
                check.Money($"{pointer}/minimum", minimum, currency);
            }

            if (band.Maximum is { } maximum)
            {
                check.Money($"{pointer}/maximum", maximum, currency, band.Minimum?.Amount ?? 0);
            }
        }

        return check;
    }
}
