using Noah.Optimization.Certificates;
using Noah.Optimization.Programs;

namespace Noah.Api.Features.Planning.Stages;

/// <summary>Who is sent what, and how likely every other decision was.</summary>
/// <param name="Choices">Index of the campaign, or −1 for no send, one a member.</param>
/// <param name="Explored">1 where the exploration share drew the choice, one a member.</param>
/// <param name="Propensities">Probability of each decision, [members × (1 + campaigns)] row-major, no send first; each row sums to 1.</param>
/// <param name="Rows">The rules: use, bounds and price.</param>
/// <param name="Solve">How good the allocation is, as recomputed on the whole program.</param>
/// <param name="ForgoneValue">What exploring costs, in money: an upper limit.</param>
/// <param name="Contacts">Where accounts are planned for: one bit per campaign for which the member is its account's contact, one word a member.</param>
internal sealed record AllocationOutput(
    int[] Choices, byte[] Explored, double[] Propensities, RuleRow[] Rows, SolveFigures Solve, double ForgoneValue, uint[]? Contacts = null)
{
    /// <summary>No campaign.</summary>
    public const int NoSend = -1;

    /// <summary>Members with a send, ascending: the later stages have one entry for each of them.</summary>
    public int[] Senders() => [.. Enumerable.Range(0, Choices.Length).Where(member => Choices[member] != NoSend)];
}

/// <summary>A rule of the plan. The price is what moving its bound by one unit adds in money, 0 when it does not bind.</summary>
internal sealed record RuleRow(string Name, string Kind, double? Lower, double? Upper, double Use, double Price, bool LowerBinds, double Violation)
{
    public const string Money = "money";
    public const string Sends = "sends";

    /// <summary>As the engine has it: negative where a minimum binds.</summary>
    public double DualPrice => LowerBinds ? -Price : Price;

    /// <summary>Whether the minimum is the bound that a price speaks of; the maximum otherwise.</summary>
    public bool IsPricedAtLower => LowerBinds || Upper is null;

    public double PricedBound => (IsPricedAtLower ? Lower : Upper) ?? 0;

    public static RuleRow Of(RowCertificate row) => new(
        row.Name, row.Kind == RowKind.CostBudget ? Money : Sends, Round(row.Lower), Round(row.Upper), row.Use, Math.Abs(row.DualPrice), row.DualPrice < 0, row.Violation);

    private static double? Round(double? bound) => bound is { } value ? Math.Round(value, 4) : null;
}

/// <summary>Value of the plan, the bound that no plan can pass, their relative gap, and how it was solved.</summary>
internal sealed record SolveFigures(double Objective, double DualBound, double Gap, string Solver, int Blocks, int Fractional);
