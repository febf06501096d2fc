namespace Noah.Bench;

/// <summary>Values of a study's parameters, all of them allowed: a number is a <see cref="double"/>, a choice its word.</summary>
internal sealed record StudyParameters(IReadOnlyDictionary<string, object> Values)
{
    public static readonly StudyParameters None = new(new Dictionary<string, object>());

    public double this[string name] => (double)Values[name];

    public int Whole(string name) => (int)this[name];

    public string Word(string name) => (string)Values[name];

    public bool Flag(string name) => Word(name) == "true";

    /// <summary>The same with another value of one number.</summary>
    public StudyParameters With(string name, double value) => new(new Dictionary<string, object>(Values) { [name] = value });
}
