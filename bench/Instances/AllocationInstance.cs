using Noah.Optimization.Programs;

namespace Noah.Bench.Instances;

/// <summary>
/// Members × campaigns with a heavy tail: value = appeal · exp(skew·z + 0.7·z'), cost = price · (0.5 + U), a few campaigns a member. Drawn
/// straight into the arrays of the program, 12 bytes an edge, so that the instance is the whole memory that generation needs.
/// </summary>
internal sealed class AllocationInstance
{
    private const int CostMeasure = 1;
    private const int MembersAChunk = 8192;
    private const double EdgeSigma = 0.7;
    private const double SkewedCostSigma = 1.0;
    private const double Move = 0.05;
    private readonly AllocationSpec _spec;
    private readonly CampaignTable _campaigns;
    private readonly int[] _rowStart;
    private readonly int[] _actions;
    private readonly float[] _values;
    private readonly float[] _costs;
    private readonly InstanceRow[] _rows;

    private AllocationInstance(
        AllocationSpec spec, CampaignTable campaigns, int[] rowStart, int[] actions, float[] values, float[] costs, InstanceRow[] rows)
    {
        (_spec, _campaigns, _rowStart, _actions, _values, _costs, _rows) = (spec, campaigns, rowStart, actions, values, costs, rows);
    }

    public static AllocationInstance Draw(AllocationSpec spec)
    {
        var campaigns = new CampaignTable(spec);
        var edges = checked(spec.Members * spec.Edges);
        var (rowStart, actions, values, costs) = (new int[spec.Members + 1], new int[edges], new float[edges], new float[edges]);
        var chunks = new Demand[(spec.Members + MembersAChunk - 1) / MembersAChunk];
        Parallel.For(0, chunks.Length, chunk =>
        {
            var demand = chunks[chunk] = new Demand(spec.Campaigns);
            var choice = new FreeChoice(spec);
            var end = Math.Min(spec.Members, (chunk + 1) * MembersAChunk);
            for (var member = chunk * MembersAChunk; member < end; member++)
            {
                var first = member * spec.Edges;
                rowStart[member + 1] = first + spec.Edges;
                var mine = actions.AsSpan(first, spec.Edges);
                DrawMember(spec, campaigns, member, mine, values.AsSpan(first, spec.Edges), costs.AsSpan(first, spec.Edges));
                choice.AddTo(demand, mine, values.AsSpan(first, spec.Edges), costs.AsSpan(first, spec.Edges));
            }
        });

        // Added in order, so that the sums do not depend on who was first.
        var total = new Demand(spec.Campaigns);
        foreach (var demand in chunks)
        {
            total.Add(demand);
        }

        var rows = spec.Bands ? BandRows.Of(spec, campaigns, total) : BudgetRows.Of(spec, campaigns, total);
        return new AllocationInstance(spec, campaigns, rowStart, actions, values, costs, rows);
    }

    /// <summary>A program over the arrays of this instance, which nobody writes to any more.</summary>
    public AllocationProgram Build()
    {
        var builder = AllocationProgramBuilder.FromOwnedArrays(
            _rowStart, _actions, _values, _spec.Bands ? Enumerable.Repeat(BandRows.FrequencyCap, _spec.Members).ToArray() : []);
        builder.AddMeasure("cost", _costs);
        if (_spec.Bands)
        {
            builder.AddMeasure("unsubscribes", _campaigns.Unsubscribes);
            builder.AddMeasure("complaints", _campaigns.Complaints);
            builder.WithChannels(
                [.. Enumerable.Range(0, _spec.Campaigns).Select(campaign => (byte)BandRows.ChannelOf(campaign))], BandRows.ChannelCaps, BandRows.Channels);
        }

        foreach (var row in _rows)
        {
            builder.AddRow(row.Name, row.Kind, row.Measure, row.Lower, row.Upper, row.Actions);
        }

        return builder.Build();
    }

    /// <summary>A day later: every value and every budget moved by up to 5 %, to either side.</summary>
    public AllocationInstance Moved()
    {
        var values = new float[_values.Length];
        Parallel.For(0, (_spec.Members + MembersAChunk - 1) / MembersAChunk, chunk =>
        {
            var random = new CounterRandom(_spec.Seed, CounterRandom.Stream.MovedEdge, chunk);
            var end = _rowStart[Math.Min(_spec.Members, (chunk + 1) * MembersAChunk)];
            for (var edge = _rowStart[chunk * MembersAChunk]; edge < end; edge++)
            {
                values[edge] = (float)(_values[edge] * random.Uniform(1 - Move, 1 + Move));
            }
        });

        var moved = new CounterRandom(_spec.Seed, CounterRandom.Stream.MovedRule, 0);
        var rows = new List<InstanceRow>();
        foreach (var row in _rows)
        {
            var factor = row.Measure == CostMeasure ? moved.Uniform(1 - Move, 1 + Move) : 1;
            rows.Add(row with { Lower = row.Lower * factor, Upper = row.Upper * factor });
        }

        return new AllocationInstance(_spec, _campaigns, _rowStart, _actions, values, _costs, [.. rows]);
    }

    private static void DrawMember(
        AllocationSpec spec, CampaignTable campaigns, int member, Span<int> actions, Span<float> values, Span<float> costs)
    {
        var random = new CounterRandom(spec.Seed, CounterRandom.Stream.Member, member);
        campaigns.Draw(ref random, actions);
        var worth = random.LogNormal(0, spec.Skew);
        for (var edge = 0; edge < actions.Length; edge++)
        {
            var value = campaigns.Appeal[actions[edge]] * worth * random.LogNormal(0, EdgeSigma);
            var spread = spec.SkewedCosts ? random.LogNormal(-SkewedCostSigma * SkewedCostSigma / 2, SkewedCostSigma) : 0.5 + random.Uniform();
            values[edge] = (float)(spec.Negative > 0 && random.Uniform() < spec.Negative ? -value : value);
            costs[edge] = (float)(campaigns.Price[actions[edge]] * spread);
        }
    }
}
