using System.Buffers.Binary;
using Noah.Experimentation.Assignment;
using Noah.Optimization.Programs;

namespace Noah.Api.Features.Planning.Stages;

/// <summary>States the choice of sends as an allocation program: units are members, actions campaigns, rows the plan's rules.</summary>
internal sealed class PlanProgram
{
    public const string Budget = "budget";
    public const string MaximumSends = "maximumSends";

    /// <summary>
    /// In money, far below a cent. Where the evidence is one effect for everybody all members are worth the same, and a solver would take
    /// them in the order of their ids, which is that of their arrival: so the seed decides instead.
    /// </summary>
    private const double TieBreak = 1e-6;

    private PlanProgram(AllocationProgram program, IReadOnlyDictionary<string, string> pointers) => (Program, Pointers) = (program, pointers);

    public AllocationProgram Program { get; }

    /// <summary>Where in the specification each row's bounds are, by row name.</summary>
    public IReadOnlyDictionary<string, string> Pointers { get; }

    public static string LineRow(string line) => $"line {line}";

    public static PlanProgram Build(PlanningTerms terms, EligibilityOutput eligible, ScoresOutput scores)
    {
        var (members, width) = (eligible.MemberIds.Length, eligible.Campaigns.Length);
        var (rowStart, actions, values) = (new List<int>(members + 1) { 0 }, new List<int>(), new List<double>());
        for (var m = 0; m < members; m++)
        {
            var tie = SaltedHash.Uniform(eligible.MemberIds[m], $"tie {terms.Seed}");
            for (var c = 0; c < width; c++)
            {
                if (eligible.Allows(m, c))
                {
                    actions.Add(c);
                    values.Add(scores.Values[(m * width) + c] + (tie * TieBreak));
                }
            }

            rowStart.Add(actions.Count);
        }

        var keys = eligible.MemberIds.Select(Key).ToArray();
        var builder = AllocationProgramBuilder.FromArrays(rowStart.ToArray(), actions.ToArray(), values.ToArray(), unitKeys: keys);
        var pointers = new Dictionary<string, string>(StringComparer.Ordinal);
        double[] Coefficients(Func<PlanCampaign, double> of) => [.. actions.Select(c => of(eligible.Campaigns[c]))];
        builder.AddRow(Budget, RowKind.CostBudget, null, (double)terms.Budget, Coefficients(c => (double)c.CostPerSend));
        pointers[Budget] = "/budget/amount";
        if (terms.MaximumSends is { } most)
        {
            builder.AddRow(MaximumSends, RowKind.Volume, null, most, Coefficients(_ => 1));
            pointers[MaximumSends] = "/maximumSends";
        }

        for (var l = 0; l < terms.Lines.Count; l++)
        {
            var band = terms.Lines[l];
            builder.AddRow(LineRow(band.Line), RowKind.Volume, band.Minimum, band.Maximum, Coefficients(c => c.Line == band.Line ? 1 : 0));
            pointers[LineRow(band.Line)] = $"/lines/{l}";
        }

        return new PlanProgram(builder.Build(), pointers);
    }

    // Both halves: the first alone is a timestamp in a UUIDv7, which members of one import share.
    private static ulong Key(Guid member)
    {
        Span<byte> bytes = stackalloc byte[16];
        member.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadUInt64BigEndian(bytes) ^ ulong.RotateLeft(BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]), 29);
    }
}
