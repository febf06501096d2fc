using Noah.Prediction.Training;

namespace Noah.Prediction.Value;

/// <summary>Options of <see cref="ValueModel"/>.</summary>
public sealed record ValueOptions : TrainingOptions
{
    /// <summary>The distribution of an amount above 0. Default one lognormal (Wang, Liu, Miao 2019).</summary>
    public ValueHead Head { get; init; } = ValueHead.Lognormal;

    /// <summary>Lognormals of a mixture; not read by the other head. Default 3: small, usual and large buyers. 2 to 16.</summary>
    public int Components { get; init; } = 3;

    /// <summary>
    /// Length of each horizon in periods (of whatever length the caller discounts by), rising. Default one horizon of one period. 1 to 64
    /// horizons of 1 to 100,000 periods.
    /// </summary>
    public IReadOnlyList<int> HorizonPeriods { get; init; } = [1];

    /// <summary>
    /// Networks fitted, one for each of the first folds. Default null: one for every fold. With 1, one network learns from all rows but one
    /// fold, which stops and calibrates it: enough for millions of rows. 1 to <see cref="TrainingOptions.Folds"/>.
    /// </summary>
    public int? Networks { get; init; }

    internal override int NetworkCount => Networks ?? Folds;

    internal new void Validate()
    {
        base.Validate();
        Require(Networks is null || (Networks >= 1 && Networks <= Folds), nameof(Networks), "null or 1 to Folds");
        Require(Enum.IsDefined(Head), nameof(Head), "a member of ValueHead");
        Require(Components is >= 2 and <= 16, nameof(Components), "[2, 16]");
        bool horizonsFit = HorizonPeriods is { Count: >= 1 and <= 64 } && HorizonPeriods[0] >= 1 && HorizonPeriods[^1] <= 100_000
            && HorizonPeriods.Zip(HorizonPeriods.Skip(1), (shorter, longer) => shorter < longer).All(rises => rises);
        Require(horizonsFit, nameof(HorizonPeriods), "1 to 64 rising numbers in [1, 100000]");
    }
}
