using System.Buffers.Binary;
using Noah.Experimentation.Assignment;
using Noah.Optimization.Programs;

namespace Noah.Api.Features.Planning.Stages;

/// <summary>States the choice of sends as an allocation program: units are members or accounts, actions campaigns, rows the plan's rules.</summary>
internal sealed class PlanProgram
{
    public const string Budget = "budget";
    public const string MaximumSends = "maximumSends";

    /// <summary>
    /// As a share of a value, far below a cent and above the round-off of single precision. Where the evidence is one effect for everybody all members
    /// are worth the same, and a solver would take them in the order of their ids, which is that of their arrival: so the seed decides instead.
    /// </summary>
    private const double TieBreak = 1e-5;

    /// <summary>Money has four decimals: less than half of the last lets the round-off of sums pass, and no send more than the bound pays for.</summary>
    private const double RoundOff = 4e-5;

    private readonly int[] _contacts;

    private PlanProgram(AllocationProgram program, int[] contacts) => (Program, _contacts) = (program, contacts);

    public AllocationProgram Program { get; }

    /// <summary>The member whom each edge addresses; shape [edges].</summary>
    public ReadOnlySpan<int> Contacts => _contacts;

    /// <summary>An upper bound on money as the program has it.</summary>
    public static double Most(decimal money) => (double)money + RoundOff;

    public static string LineRow(string line) => $"line {line}";

    public static string ChannelRow(string channel) => $"channel {channel}";

    public static PlanProgram Build(PlanningTerms terms, EligibilityOutput eligible, ScoresOutput scores)
    {
        var units = PlanUnits.Of(eligible);
        var (rowStart, actions, values, contacts) = (new List<int>(units.Count + 1) { 0 }, new List<int>(), new List<double>(), new List<int>());
        var width = eligible.Campaigns.Length;
        double[] ties = [.. eligible.MemberIds.Select(member => 1 + (TieBreak * (SaltedHash.Uniform(member, $"tie {terms.Seed}") - 0.5)))];
        for (var unit = 0; unit < units.Count; unit++)
        {
            for (var c = 0; c < width; c++)
            {
                var (contact, best) = (-1, double.NegativeInfinity);
                foreach (var m in units.MembersOf(unit))
                {
                    var value = scores.Values[(m * width) + c] * ties[m];
                    (contact, best) = eligible.Allows(m, c) && value > best ? (m, value) : (contact, best);
                }

                if (contact >= 0)
                {
                    actions.Add(c);
                    values.Add(best);
                    contacts.Add(contact);
                }
            }

            rowStart.Add(actions.Count);
        }

        ulong[] keys = [.. Enumerable.Range(0, units.Count).Select(unit => Key(units.IdOf(unit)))];
        var builder = AllocationProgramBuilder.FromArrays(rowStart.ToArray(), actions.ToArray(), values.ToArray(), unitKeys: keys);
        AddRows(builder, terms, (of, cost) => [.. actions.Select((c, edge) =>
            !of(eligible.Campaigns[c]) ? 0 : cost ? scores.Costs?[(contacts[edge] * width) + c] ?? (double)eligible.Campaigns[c].CostPerSend : 1)]);
        return new PlanProgram(builder.Build(), [.. contacts]);
    }

    /// <summary>Where in a specification with these terms each row's bounds are, by row name.</summary>
    public static Dictionary<string, string> Pointers(PlanningTerms terms)
    {
        var pointers = new Dictionary<string, string>(StringComparer.Ordinal) { [Budget] = "/budget", [MaximumSends] = "/maximumSends" };
        foreach (var (index, band) in terms.Lines.Index())
        {
            pointers[LineRow(band.Line)] = $"/lines/{index}";
        }

        foreach (var (index, band) in (terms.Channels ?? []).Index())
        {
            pointers[ChannelRow(band.Channel)] = $"/channels/{index}";
        }

        return pointers;
    }

    private static void AddRows(AllocationProgramBuilder builder, PlanningTerms terms, Func<Func<PlanCampaign, bool>, bool, double[]> coefficients)
    {
        builder.AddRow(Budget, RowKind.CostBudget, null, Most(terms.Budget), coefficients(_ => true, true));
        if (terms.MaximumSends is { } most)
        {
            builder.AddRow(MaximumSends, RowKind.Volume, null, most, coefficients(_ => true, false));
        }

        foreach (var band in terms.Lines)
        {
            builder.AddRow(LineRow(band.Line), RowKind.Volume, band.Minimum, band.Maximum, coefficients(c => c.Line == band.Line, false));
        }

        foreach (var band in terms.Channels ?? [])
        {
            builder.AddRow(
                ChannelRow(band.Channel), RowKind.CostBudget, band.Minimum is { } least ? Math.Max(0, (double)least.Amount - RoundOff) : null, band.Maximum is { } dearest ? Most(dearest.Amount) : null,
                coefficients(c => c.Channel == band.Channel, true));
        }
    }

    // Both halves: the first alone is a timestamp in a UUIDv7, which members of one import share.
    private static ulong Key(Guid unit)
    {
        Span<byte> bytes = stackalloc byte[16];
        unit.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadUInt64BigEndian(bytes) ^ ulong.RotateLeft(BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]), 29);
    }
}
