namespace Noah.Api.Features.Sending;

/// <summary>A wake-up: these sends are claimed and wait to be handed over. Losing it costs a lease; a doubled one finds nothing left to do.</summary>
internal sealed record SendsClaimed(Guid TenantId, IReadOnlyList<ClaimedSend> Sends);

/// <summary>A send under one claim. Whoever acts on it must show the fence that the claim raised.</summary>
internal readonly record struct ClaimedSend(Guid Id, long Fence);
