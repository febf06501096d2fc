using Noah.Api.Features.Members.Contracts;
using Noah.Prediction.Labels;

namespace Noah.Api.Features.LifetimeValues;

/// <summary>Members with their purchases and what else they did, up to a reference at midnight.</summary>
/// <param name="Members">All of the tenant.</param>
/// <param name="Histories">[members] what each brought.</param>
/// <param name="Events">Everything within reach of the window features; times are the members' own.</param>
/// <param name="Kinds">Types of the events, by their index.</param>
/// <param name="Reference">The log counts up to here.</param>
/// <param name="FirstPurchase">The earliest purchase of all; null without any.</param>
internal sealed record CustomerLog(
    MemberTable Members,
    PurchaseHistory[] Histories,
    IReadOnlyList<MemberEvent> Events,
    IReadOnlyList<string> Kinds,
    DateTimeOffset Reference,
    DateTimeOffset? FirstPurchase)
{
    public int HistoryDays => FirstPurchase is { } first ? (int)(Reference - first).TotalDays : 0;
}
