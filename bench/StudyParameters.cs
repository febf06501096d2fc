namespace Noah.Bench;

/// <summary>Values of a study's parameters, all within their intervals.</summary>
internal sealed record StudyParameters(IReadOnlyDictionary<string, double> Values)
{
    public static readonly StudyParameters None = new(new Dictionary<string, double>());

    public double this[string name] => Values[name];

    public int Whole(string name) => (int)Values[name];
}
