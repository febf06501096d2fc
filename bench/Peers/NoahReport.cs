namespace Noah.Bench.Peers;

/// <summary>What NOAH's process measured of itself, in one line of JSON; a number that there is not is NaN.</summary>
internal sealed record NoahReport
{
    /// <summary>Status of the solve.</summary>
    public required string Status { get; init; }

    public int Edges { get; init; }

    public int Rows { get; init; }

    /// <summary>Rows that touch a bound in the solver's own point.</summary>
    public double BindingRows { get; init; } = double.NaN;

    /// <summary>Rows that touch their lower bound there.</summary>
    public double BindingLowerRows { get; init; } = double.NaN;

    /// <summary>Drawing the instance and building the program: no part of the solve.</summary>
    public double BuildSeconds { get; init; }

    /// <summary>Median from the built program to the certified integral allocation.</summary>
    public double WallSeconds { get; init; } = double.NaN;

    /// <summary>The same of the first run, compilation included.</summary>
    public double WallSecondsCold { get; init; } = double.NaN;

    /// <summary>Processor time of the run that took the median.</summary>
    public double CpuSeconds { get; init; } = double.NaN;

    /// <summary>The part of <see cref="WallSeconds"/> that the solver took; the rest rounds and certifies.</summary>
    public double SolverSeconds { get; init; } = double.NaN;

    /// <summary>Processor time of that part.</summary>
    public double SolverCpuSeconds { get; init; } = double.NaN;

    /// <summary>That part of the first run.</summary>
    public double SolverSecondsCold { get; init; } = double.NaN;

    public double PeakRssMb { get; init; }

    /// <summary>Of the integral allocation, as are bound, gap and violation.</summary>
    public double Objective { get; init; } = double.NaN;

    public double DualBound { get; init; } = double.NaN;

    public double RelativeGap { get; init; } = double.NaN;

    /// <summary>Worst violation over the size of the bound, without a least size.</summary>
    public double MaxRelativeViolation { get; init; } = double.NaN;

    /// <summary>The row of the worst violation, for people.</summary>
    public string? BrokenRow { get; init; }

    /// <summary>Of the solver's own point, which may be fractional.</summary>
    public double FractionalObjective { get; init; } = double.NaN;

    public double FractionalGap { get; init; } = double.NaN;

    public double FractionalViolation { get; init; } = double.NaN;

    public double FractionalUnits { get; init; } = double.NaN;

    /// <summary>Passes over the whole population.</summary>
    public double FullPasses { get; init; } = double.NaN;

    /// <summary>Units that a linear program decided at the end.</summary>
    public double CoreUnits { get; init; } = double.NaN;

    /// <summary>The moved program solved from zero prices, from a sample and from the duals of the first; null unless asked for.</summary>
    public NoahReport? MovedCold { get; init; }

    public NoahReport? MovedSampled { get; init; }

    public NoahReport? MovedWarm { get; init; }
}
