using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Members;

/// <summary>An entry of the consent ledger as the API shows it.</summary>
internal sealed record ConsentView(string Name, string Channel, string Topic, ConsentState State, string Source, DateTimeOffset OccurredAt)
{
    public static ConsentView Of(Consent consent) => new(
        $"members/{PublicId.Format(Member.Prefix, consent.MemberId)}/consents/{PublicId.Format(Consent.Prefix, consent.Id)}",
        consent.Channel, consent.Topic, consent.State, consent.Source, consent.OccurredAt);
}
