using Noah.Api.Features.Campaigns.Contracts;
using Noah.Api.Features.Members.Contracts;

namespace Noah.Api.Features.Sending;

/// <summary>A send that may leave, with all that its mail is made of.</summary>
internal sealed record ClearedSend(ClaimedSend Send, Guid VariantId, CampaignTerms Campaign, MemberContact Contact, byte[] AddressHash);
