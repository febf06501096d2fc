using Noah.Api.Features.Planning.Stages;

namespace Noah.Api.Features.Planning.WhatIfs;

/// <summary>A run's terms with other bounds, and where each bound came from.</summary>
/// <param name="Terms">The run's, changed.</param>
/// <param name="Pointers">By row name: into the request for bounds that it changes, into the run for the others.</param>
internal sealed record WhatIfTerms(PlanningTerms Terms, IReadOnlyDictionary<string, string> Pointers)
{
    private const string InRun = "/specification";

    public static WhatIfTerms Of(PlanningTerms run, WhatIfPlanningRun.Request request)
    {
        LineBand[] lines = request.Lines ?? [];
        ChannelBand[] channels = request.Channels ?? [];
        var pointers = PlanProgram.Pointers(run).ToDictionary(pair => pair.Key, pair => InRun + pair.Value, StringComparer.Ordinal);
        var changes = PlanProgram.Pointers(run with { Lines = lines, Channels = channels });
        foreach (var (row, pointer) in changes.Where(pair => pair.Key switch
        {
            PlanProgram.Budget => request.Budget is not null,
            PlanProgram.MaximumSends => request.MaximumSends is not null,
            _ => true,
        }))
        {
            pointers[row] = pointer;
        }

        var terms = run with
        {
            Budget = request.Budget?.Amount ?? run.Budget,
            MaximumSends = request.MaximumSends ?? run.MaximumSends,
            Lines = [.. lines, .. run.Lines.ExceptBy(lines.Select(band => band.Line), band => band.Line, StringComparer.Ordinal)],
            Channels = [.. channels, .. (run.Channels ?? []).ExceptBy(channels.Select(band => band.Channel), band => band.Channel, StringComparer.Ordinal)],
        };
        return new WhatIfTerms(terms, pointers);
    }
}
