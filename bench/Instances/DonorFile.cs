using System.Globalization;
using System.IO.Compression;
using Noah.Prediction.Features;

namespace Noah.Bench.Instances;

/// <summary>
/// The teaching extract pva97nk of the KDD Cup 1998 mailing: all 4,843 donors and as many of the 90,569 others, with what is known before
/// the mailing. A donor stands for one member, another row for 18.701.
/// </summary>
/// <param name="Raw">The 25 columns as they come, numbers and names.</param>
/// <param name="Worked">
/// The same with the zeros that mean "unknown" as missing, and with ratios of the history: gifts a mail, last gift over mean gift, and so on. No
/// column uses the outcome.
/// </param>
/// <param name="Amounts">Gift to the mailing, $; 0 for none.</param>
internal sealed record DonorFile(FeatureTable Raw, FeatureTable Worked, float[] Amounts)
{
    public const int Members = 95_412, Donors = 4_843;
    public const double Cost = 0.68, PopulationRate = (double)Donors / Members;

    private static readonly string[] Names = ["StatusCat96NK", "StatusCatStarAll", "DemCluster", "DemGender", "DemHomeOwner"];
    private static readonly string[] ZeroIsUnknown = ["DemMedHomeValue", "DemMedIncome", "DemPctVeterans"];

    private static readonly (string Over, string Under)[] Ratios =
    [
        ("GiftCntAll", "PromCntAll"), ("GiftCnt36", "PromCnt36"), ("GiftCntCardAll", "PromCntCardAll"), ("GiftCntCard36", "PromCntCard36"),
        ("GiftAvgLast", "GiftAvgAll"), ("GiftAvg36", "GiftAvgAll"), ("GiftCntCardAll", "GiftCntAll"), ("GiftTimeLast", "GiftTimeFirst"),
        ("GiftCntAll", "GiftTimeFirst"),
    ];

    /// <summary>Members that a row stands for.</summary>
    public double WeightOf(int row) => Amounts[row] > 0 ? 1 : (double)(Members - Donors) / (Amounts.Length - Donors);

    /// <summary>Null when the data are not on this machine.</summary>
    public static DonorFile? Read()
    {
        var folder = Environment.GetEnvironmentVariable("NOAH_DATA") ?? Path.Combine("..", "shared", "data");
        var path = Path.Combine(folder, "kddcup98", "pva97nk.csv.gz");
        if (!File.Exists(path))
        {
            return null;
        }

        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        var header = reader.ReadLine()!.Split(',');
        var rows = new List<string[]>();
        while (reader.ReadLine() is { } line)
        {
            rows.Add(line.Split(','));
        }

        string?[] Texts(string column) => [.. rows.Select(row => row[Array.IndexOf(header, column)] is { Length: > 0 } text ? text : null)];
        float[] Numbers(string column) => [.. Texts(column).Select(text => text is null ? float.NaN : float.Parse(text, CultureInfo.InvariantCulture))];
        string[] numeric = [.. header.Except(["TargetB", "TargetD", "ID", .. Names])];
        var categorical = Names.Select(name => FeatureColumn.Categorical(name, Texts(name))).ToArray();
        float[] Known(string name) =>
            ZeroIsUnknown.Contains(name) ? [.. Numbers(name).Select(value => value == 0 ? float.NaN : value)] : Numbers(name);
        var ratios = Ratios.Select(ratio => FeatureColumn.Numeric(
            $"{ratio.Over} / {ratio.Under}", [.. Numbers(ratio.Over).Zip(Numbers(ratio.Under), (over, under) => under > 0 ? over / under : float.NaN)]));
        return new DonorFile(
            new FeatureTable([.. numeric.Select(name => FeatureColumn.Numeric(name, Numbers(name))), .. categorical]),
            new FeatureTable([.. numeric.Select(name => FeatureColumn.Numeric(name, Known(name))), .. ratios, .. categorical]),
            [.. Numbers("TargetD").Select(amount => float.IsNaN(amount) ? 0f : amount)]);
    }
}
