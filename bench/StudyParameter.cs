namespace Noah.Bench;

/// <summary>A knob of a study: a number, or a choice among <see cref="Words"/>.</summary>
/// <param name="Name">Name on the command line, without the dashes.</param>
/// <param name="Default">Value when it is not given; of a choice the position in <see cref="Words"/>.</param>
/// <param name="Least">Smallest allowed value.</param>
/// <param name="Most">Largest allowed value.</param>
/// <param name="Description">Meaning and unit.</param>
/// <param name="Whole">Whether only whole numbers are allowed.</param>
internal sealed record StudyParameter(string Name, double Default, double Least, double Most, string Description, bool Whole = true)
{
    /// <summary>The words of a choice; empty for a number.</summary>
    public IReadOnlyList<string> Words { get; private init; } = [];

    /// <summary>The word that is meant when the parameter is named without a value; <see langword="null"/> if it needs one.</summary>
    public string? WhenBare { get; private init; }

    public bool IsChoice => Words.Count > 0;

    /// <summary>A word out of a fixed list, of which the first is the default.</summary>
    public static StudyParameter Choice(string name, string description, params IReadOnlyList<string> words) =>
        new(name, 0, 0, words.Count - 1, description) { Words = words };

    /// <summary>Off unless it is named; <c>--name</c> alone means <c>--name true</c>.</summary>
    public static StudyParameter Flag(string name, string description) => Choice(name, description, "false", "true") with { WhenBare = "true" };
}
