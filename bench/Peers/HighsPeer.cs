using System.Text;
using Noah.Optimization.Programs;

namespace Noah.Bench.Peers;

/// <summary>The interior point method of HiGHS, to its own tolerance of 1e-8.</summary>
/// <param name="crossover">
/// Whether it goes on to a vertex, as it does by default; a gap of 1e-3 needs none, so without it HiGHS is at its fastest.
/// </param>
internal sealed class HighsPeer(bool crossover) : IPeer
{
    public PeerReport Solve(AllocationProgram program, double limitSeconds)
    {
        var building = new PeerClock();
        var rows = new PeerRows(program);
        var highs = Highs.Create();
        try
        {
            Check(Highs.SetBool(highs, Name("output_flag"), 0));
            Check(Highs.SetString(highs, Name("solver"), Name("ipm")));
            Check(Highs.SetString(highs, Name("run_crossover"), Name(crossover ? "on" : "off")));
            Check(Highs.SetDouble(highs, Name("time_limit"), limitSeconds));
            Pass(highs, program, rows);
            var buildSeconds = building.WallSeconds;

            var solving = new PeerClock();
            Check(Highs.Run(highs));
            var (wall, cpu, peak) = (solving.WallSeconds, solving.CpuSeconds, PeerClock.PeakRssMb());
            var status = Highs.ModelStatus(highs);
            var x = new double[rows.Columns];
            Check(Highs.Solution(highs, x, new double[rows.Columns], new double[rows.Count], new double[rows.Count]));
            var (objective, row, unit) = rows.Check(edge => x[edge]);
            return new PeerReport($"model status {status}", status is Highs.Optimal or Highs.Unknown, buildSeconds, wall, cpu, peak, objective, row, unit);
        }
        finally
        {
            Highs.Destroy(highs);
        }
    }

    private static void Pass(nint highs, AllocationProgram program, PeerRows rows)
    {
        var start = new int[rows.Columns + 1];
        var (index, value) = (new List<int>(2 * rows.Columns), new List<double>(2 * rows.Columns));
        var entries = new List<(int Row, double Coefficient)>();
        for (var unit = 0; unit < program.UnitCount; unit++)
        {
            for (var edge = program.RowStart[unit]; edge < program.RowStart[unit + 1]; edge++)
            {
                rows.Column(unit, edge, entries);
                foreach (var (row, coefficient) in entries)
                {
                    index.Add(row);
                    value.Add(coefficient);
                }

                start[edge + 1] = index.Count;
            }
        }

        var ones = new double[rows.Columns];
        Array.Fill(ones, 1.0);
        Check(Highs.PassLp(
            highs,
            rows.Columns,
            rows.Count,
            index.Count,
            Highs.Columnwise,
            Highs.Maximise,
            0,
            [.. program.Values.ToArray().Select(number => (double)number)],
            new double[rows.Columns],
            ones,
            [.. Enumerable.Range(0, rows.Count).Select(rows.Lower)],
            [.. Enumerable.Range(0, rows.Count).Select(rows.Upper)],
            start,
            [.. index],
            [.. value]));
    }

    private static byte[] Name(string name) => Encoding.ASCII.GetBytes(name + '\0');

    // Status −1 is an error; 1 is a warning, for example about tiny coefficients.
    private static void Check(int status)
    {
        if (status < 0)
        {
            throw new InvalidOperationException("HiGHS refused an option or the program.");
        }
    }
}
