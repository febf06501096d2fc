namespace Noah.Api.Features.Sending;

/// <summary>How a claimed send ended, or why it waits again.</summary>
/// <param name="Send">Which, and under which claim.</param>
/// <param name="State">Its next state; <see cref="SendState.Deferred"/> becomes Failed once its attempts are used up.</param>
/// <param name="Reason">A code, of few kinds: summaries count by it.</param>
/// <param name="Reference">What the server answered, but for the recipient's address.</param>
/// <param name="HandedOverAt">By the host's clock; for <see cref="SendState.HandedOver"/> alone.</param>
internal sealed record SendOutcome(
    ClaimedSend Send, SendState State, string? Reason = null, string? Reference = null, DateTimeOffset? HandedOverAt = null)
{
    public static SendOutcome PutBack(ClaimedSend send) => new(send, SendState.Planned);

    public static SendOutcome Defer(ClaimedSend send, string reason) => new(send, SendState.Deferred, reason);
}
