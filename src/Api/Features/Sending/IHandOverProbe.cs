namespace Noah.Api.Features.Sending;

/// <summary>The one instant at which a crash can't be told from a success: the server has the mail, the ledger does not know it yet.</summary>
internal interface IHandOverProbe
{
    ValueTask AfterHandOverAsync();
}

internal sealed class NoHandOverProbe : IHandOverProbe
{
    public ValueTask AfterHandOverAsync() => ValueTask.CompletedTask;
}
