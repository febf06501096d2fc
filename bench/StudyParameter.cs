namespace Noah.Bench;

/// <summary>A knob of a study.</summary>
/// <param name="Name">Name on the command line, without the dashes.</param>
/// <param name="Default">Value when it is not given.</param>
/// <param name="Least">Smallest allowed value.</param>
/// <param name="Most">Largest allowed value.</param>
/// <param name="Description">Meaning and unit.</param>
/// <param name="Whole">Whether only whole numbers are allowed.</param>
internal sealed record StudyParameter(string Name, double Default, double Least, double Most, string Description, bool Whole = true);
